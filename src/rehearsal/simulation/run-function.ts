import {type ChildProcess, spawn} from 'node:child_process'
import type {Resource} from '../account/account.js'
import type {AccessKey} from '../wire/sigv4.js'
import {type Ahead, functionWorker, type Job, type Told} from './function-worker.js'
import {timeoutOf} from './functions.js'
import {record, text} from './values.js'

/** How a run of a function ended. */
export interface Run {
  /** What the handler returned. */
  result?: unknown
  /** Why it failed; undefined when it did not. */
  failure?: string
  /** What it wrote to the console. */
  log: string[]
}

export interface RunContext {
  region: string
  accountId: string
  /** Where the account's API answers. */
  endpoint: string
  /** With which it signs its calls. */
  credentials: AccessKey
  requestId: string
  /** Real milliseconds after which a run is taken to never end. @default 60,000 */
  limitMs?: number
  /** Told of what the code throws when its run is over. */
  onLateException?: (error: Error) => void
}

/** A run that takes longer than this in real time is taken to never end. */
const realLimitMs = 60_000
/** What a function may fill, the SDK included; far more than the code of a template needs. */
const memoryMb = 512

/** What a function's code loads of the SDK. */
const requiredClient = /\brequire\(\s*['"](@aws-sdk\/client-[\w-]+)['"]\s*\)/g

/** Processes that wait for the next run: to start one, and to load the SDK in it, takes most of a run's time. */
const idle: ChildProcess[] = []
const maxIdle = 2

/**
 * Runs a function's inline code as a CommonJS module, as Lambda runs `index.js`: a cold start each time, in a process
 * that the code may end, block or fill without harm to the account. It is not confined otherwise.
 */
export async function runFunction(lambda: Resource, event: unknown, context: RunContext): Promise<Run> {
  const worker = idle.pop() ?? newWorker()
  const log: string[] = []
  const ending = await new Promise<Omit<Run, 'log'>>(resolve => {
    const end = (ended: Omit<Run, 'log'>) => {
      clearTimeout(timer)
      worker.removeAllListeners('exit')
      resolve(ended)
    }
    const fail = (failure: string) => {
      log.push(failure)
      retire(worker)
      end({failure})
    }
    const exited = (how: string) => fail(`RequestId: ${context.requestId} Error: Runtime exited ${how}`)
    const timer = setTimeout(
      () => fail(`Task timed out after ${timeoutOf(lambda).toFixed(2)} seconds`),
      context.limitMs ?? realLimitMs,
    )
    worker.removeAllListeners()
    worker.on('message', (told: Told) => {
      if (told.kind === 'log') log.push(told.line)
      else if (told.kind === 'late') context.onLateException?.(new Error(told.error))
      else {
        const {kind: _, ...ended} = told
        end(ended)
        rest(worker)
      }
    })
    worker.on('error', error => exited(`with error: ${error.message}`))
    worker.on('exit', (code, signal) => {
      if (signal) exited(`with error: signal: ${signal.replace('SIGKILL', 'killed')}`)
      else exited(code === 0 ? 'without providing a reason' : `with error: exit status ${code}`)
    })
    worker.ref()
    worker.channel?.ref()
    worker.send(jobOf(lambda, event, context), () => {
      // What stands in the way of sending is that the process has ended, and then it says so itself.
    })
  })
  return {...ending, log}
}

/** Starts a process for the first run of a function that was just made, unless one waits already. */
export function startAhead(code: string): void {
  if (idle.length > 0) return
  const worker = newWorker()
  const ahead: Ahead = {load: [...code.matchAll(requiredClient)].map(([, name = '']) => name)}
  // One that cannot start is missed by nobody: the run starts its own, and tells.
  worker.on('error', () => {})
  worker.send(ahead, () => {})
  rest(worker)
}

/** Keeps a process for the next run; it does not keep ours from ending. */
function rest(worker: ChildProcess): void {
  if (idle.length >= maxIdle) return retire(worker)
  idle.push(worker)
  worker.unref()
  worker.channel?.unref()
  worker.on('exit', () => {
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1)
  })
}

function retire(worker: ChildProcess): void {
  worker.removeAllListeners()
  // Nobody is left to be told.
  worker.on('error', () => {})
  worker.kill('SIGKILL')
  worker.unref()
}

function newWorker(): ChildProcess {
  const source = `(${functionWorker.toString()})(${JSON.stringify(import.meta.url)})`
  return spawn(process.execPath, [`--max-old-space-size=${memoryMb}`, '-e', source], {
    // What this process was started with, and its settings, are not for the function.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    windowsHide: true,
  })
}

function jobOf(lambda: Resource, event: unknown, context: RunContext): Job {
  const own = Object.entries(record(record(lambda.properties.Environment).Variables))
  return {
    code: text(record(lambda.properties.Code).ZipFile) ?? '',
    handler: text(lambda.properties.Handler) ?? 'index.handler',
    event,
    context: {awsRequestId: context.requestId, functionName: lambda.physicalId},
    region: context.region,
    endpoint: context.endpoint,
    variables: {
      AWS_REGION: context.region,
      AWS_DEFAULT_REGION: context.region,
      AWS_ENDPOINT_URL: context.endpoint,
      AWS_ACCESS_KEY_ID: context.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: context.credentials.secretAccessKey,
      AWS_LAMBDA_FUNCTION_NAME: lambda.physicalId,
      // The SDK's word on the Node.js version of this machine is not the function's.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...Object.fromEntries(own.map(([name, value]) => [name, text(value) ?? ''])),
    },
  }
}
