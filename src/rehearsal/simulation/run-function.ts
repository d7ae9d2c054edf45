import {createRequire} from 'node:module'
import {inspect} from 'node:util'
import {compileFunction} from 'node:vm'
import type {Resource} from '../account/account.js'
import {timeoutOf} from './functions.js'
import {sdkRequire} from './sdk-require.js'
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
  requestId: string
}

/** A run that takes longer than this in real time is taken to never end. */
const realLimitMs = 20_000

type HandlerFunction = (event: unknown, context: unknown) => unknown

/**
 * Runs a function's inline code in this process as a CommonJS module, as Lambda runs `index.js`: a cold start
 * each time. The code is the user's own template's; it is not confined.
 */
export async function runFunction(lambda: Resource, event: unknown, context: RunContext): Promise<Run> {
  const log: string[] = []
  const sdk = sdkRequire(createRequire(import.meta.url), {
    region: context.region,
    endpoint: context.endpoint,
    credentials: {accessKeyId: 'LAMBDA', secretAccessKey: 'rehearsal'},
  })
  let timer: NodeJS.Timeout | undefined
  try {
    const handler = load(lambda, context, sdk.require, log)
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`Task timed out after ${timeoutOf(lambda).toFixed(2)} seconds`)),
        realLimitMs,
      )
    })
    // A copy, as over the wire: the code must not change what the agenda keeps.
    const result = await Promise.race([
      handler(structuredClone(event), {awsRequestId: context.requestId, functionName: lambda.physicalId}),
      timeout,
    ])
    return {result, log}
  } catch (error) {
    const failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    log.push(`ERROR\tInvoke Error\t${failure}`)
    return {failure, log}
  } finally {
    clearTimeout(timer)
    sdk.close()
  }
}

function load(
  lambda: Resource,
  context: RunContext,
  require: (name: string) => unknown,
  log: string[],
): HandlerFunction {
  const [file = 'index', name = 'handler'] = (text(lambda.properties.Handler) ?? 'index.handler').split('.')
  const code = text(record(lambda.properties.Code).ZipFile) ?? ''
  const parameters = [
    'exports',
    'require',
    'module',
    '__filename',
    '__dirname',
    'process',
    'console',
    'fetch',
  ]
  const compiled = compileFunction(code, parameters, {filename: `/var/task/${file}.js`})
  const module = {exports: {} as Record<string, unknown>}
  compiled(
    module.exports,
    require,
    module,
    `/var/task/${file}.js`,
    '/var/task',
    functionProcess(lambda, context),
    consoleInto(log),
    accountFetch(context.endpoint),
  )
  const handler = module.exports[name]
  if (typeof handler !== 'function') throw new Error(`${file}.${name} is undefined or not exported`)
  return handler as HandlerFunction
}

/** The process object with the environment of the function instead of ours. */
function functionProcess(lambda: Resource, context: RunContext): object {
  const variables = record(record(lambda.properties.Environment).Variables)
  const env = {
    AWS_REGION: context.region,
    AWS_DEFAULT_REGION: context.region,
    AWS_ENDPOINT_URL: context.endpoint,
    AWS_ACCESS_KEY_ID: 'LAMBDA',
    AWS_SECRET_ACCESS_KEY: 'rehearsal',
    AWS_LAMBDA_FUNCTION_NAME: lambda.physicalId,
    ...variables,
  }
  return Object.create(process, {env: {value: env, enumerable: true}}) as object
}

function consoleInto(log: string[]): Record<string, (...values: unknown[]) => void> {
  const at =
    (level: string) =>
    (...values: unknown[]): void => {
      log.push(
        `${level}\t${values.map(value => (typeof value === 'string' ? value : inspect(value))).join(' ')}`,
      )
    }
  return {log: at('INFO'), info: at('INFO'), warn: at('WARN'), error: at('ERROR'), debug: at('DEBUG')}
}

/** Answer addresses outlive the process that gave them out, and with it the port: they lead to today's endpoint. */
function accountFetch(endpoint: string): typeof fetch {
  return (input, init) => {
    const address = new URL(input instanceof Request ? input.url : input)
    if (!address.pathname.startsWith('/_mcpgw/')) return fetch(input, init)
    return fetch(new URL(`${address.pathname}${address.search}`, endpoint), init)
  }
}
