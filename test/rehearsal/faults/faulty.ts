import {controlPaths} from '../../../src/rehearsal/control/control-paths.js'
import {askAccount, askControl} from '../../../src/rehearsal/process/holder.js'
import {type ServedAccount, type ServeOptions, serveAccount} from '../../../src/rehearsal/process/serve.js'
import {freshStateFile} from '../process/files.js'

/** When the accounts of these tests begin, unless a test says otherwise. */
export const start = Date.UTC(2026, 0, 1)

export interface Faulty extends ServedAccount {
  /** What an SDK client needs; it tries once. */
  client: {
    region: string
    endpoint: string
    credentials: {accessKeyId: string; secretAccessKey: string}
    maxAttempts: number
  }
  /** Moves the account's time to so many minutes after its beginning. */
  minute(minutes: number): Promise<void>
  control(method: string, path: string, body?: string): Promise<{status: number; body: any}>
}

/** For a client that waits, in vain, 250 ms for an answer that never comes. */
export const givesUpSoon = {requestHandler: {requestTimeout: 250, throwOnRequestTimeout: true}} as const

const served: ServedAccount[] = []

/** An account with faults, served as `mcpgw rehearse` does, whose time moves only when a test moves it. */
export async function faulty(
  faults: readonly string[],
  options: Partial<ServeOptions> = {},
): Promise<Faulty> {
  const account = await serveAccount({
    stateFile: freshStateFile(),
    speed: 'max',
    seed: 1,
    now: () => start,
    faults,
    ...options,
  })
  served.push(account)
  const {url, credentials} = account
  return {
    ...account,
    client: {
      region: 'us-west-2',
      endpoint: url,
      credentials,
      maxAttempts: 1,
    },
    async minute(minutes) {
      const body = String(start + minutes * 60_000)
      await askAccount(url, {method: 'PUT', path: controlPaths.time, body, key: credentials})
    },
    async control(method, path, body) {
      const {status, text} = await askControl(url, {method, path, body, key: credentials})
      return {status, body: JSON.parse(text)}
    },
  }
}

/** Ends every account that a test began. */
export async function endAll(): Promise<void> {
  for (const account of served.splice(0)) await account.stop()
}

/** What a call throws: the name of the SDK's error, or what the connection said. */
export async function failureOf(
  call: Promise<unknown>,
): Promise<{name: string; status?: number; code?: string}> {
  try {
    await call
  } catch (error) {
    const {name, code, $metadata} = error as Error & {code?: string; $metadata?: {httpStatusCode?: number}}
    return {name, ...($metadata?.httpStatusCode && {status: $metadata.httpStatusCode}), ...(code && {code})}
  }
  throw new Error('The call was answered')
}
