import type {Resource} from '../../account/account.js'
import {record, text} from '../../resources/values.js'
import type {AccessKey} from '../../wire/sigv4.js'
import {FunctionProcess} from './function-process.js'
import type {Job} from './function-worker.js'
import {timeoutOf} from './functions.js'

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
/** What CloudWatch takes for one event, in characters; and far more lines than a function of a template writes. */
const mostLog = {characters: 256 * 1024, lines: 10_000}

/** What a function's code loads of the SDK. */
const requiredClient = /\brequire\(\s*['"](@aws-sdk\/client-[\w-]+)['"]\s*\)/g

/**
 * Processes that wait for the next run: to start one, and to load the SDK in it, takes most of a run's time. One that ran
 * a function's code runs that code again and no other, as in Lambda: it holds what that code has left.
 */
const idle: FunctionProcess[] = []
const maxIdle = 2

/**
 * Runs a function's inline code as a CommonJS module, as Lambda runs `index.js`: a new module each time, in a confined
 * process that the code may end, block or fill without harm to the account.
 */
export async function runFunction(lambda: Resource, event: unknown, context: RunContext): Promise<Run> {
  const job = jobOf(lambda, event, context)
  const worker = takeIdle(job.code) ?? new FunctionProcess()
  worker.code = job.code
  const log: string[] = []
  const ending = await new Promise<Omit<Run, 'log'>>(resolve => {
    const end = (ended: Omit<Run, 'log'>) => {
      clearTimeout(timer)
      resolve(ended)
    }
    const fail = (failure: string) => {
      log.push(failure)
      worker.kill()
      end({failure})
    }
    const timer = setTimeout(
      () => fail(`Task timed out after ${timeoutOf(lambda).toFixed(2)} seconds`),
      context.limitMs ?? realLimitMs,
    )
    const late = (error: unknown) => context.onLateException?.(new Error(String(error)))
    worker.listen({
      ended: how => fail(`RequestId: ${context.requestId} Error: Runtime exited ${how}`),
      told(told) {
        if (told.kind === 'late') return late(told.error)
        if (told.kind === 'log') {
          if (log.length < mostLog.lines) log.push(String(told.line).slice(0, mostLog.characters))
          return
        }
        const {result, failure} = told
        end({...(result === undefined ? {} : {result}), ...(failure === undefined ? {} : {failure})})
        worker.listen({ended: () => forget(worker), told: more => more.kind === 'late' && late(more.error)})
        rest(worker)
      },
    })
    worker.hold(true)
    worker.send(job)
  })
  return {...ending, log}
}

/** Starts a process for the first run of a function that was just made, unless one waits already. */
export function startAhead(code: string): void {
  if (idle.some(waiting => waiting.code === undefined || waiting.code === code)) return
  const worker = new FunctionProcess()
  // One that cannot start is missed by nobody: the run starts its own, and tells.
  worker.listen({ended: () => forget(worker), told() {}})
  worker.send({load: [...code.matchAll(requiredClient)].map(([, name = '']) => name)})
  rest(worker)
}

/** One that has run this code, or else none. */
function takeIdle(code: string): FunctionProcess | undefined {
  const worker =
    idle.findLast(waiting => waiting.code === code) ?? idle.find(waiting => waiting.code === undefined)
  if (worker) forget(worker)
  return worker
}

/** Keeps a process for the next run; it does not keep ours from ending. */
function rest(worker: FunctionProcess): void {
  worker.hold(false)
  if (idle.push(worker) > maxIdle) idle.shift()?.kill()
}

function forget(worker: FunctionProcess): void {
  if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1)
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
