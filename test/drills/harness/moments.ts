import {subscribe, unsubscribe} from 'node:diagnostics_channel'
import type {IncomingMessage, Server} from 'node:http'
import {controlPaths} from '../../../src/rehearsal/control/control-paths.js'
import type {DrillAccount} from './account.js'

/** What happens when a command has made so many calls to the account: before the next one is answered. */
export interface Moment {
  afterCalls: number
  /** What gives false has not found yet what it waits for, and is tried again before the next call. */
  act: () => unknown
}

/** How many calls a command made, and how many of them after each moment; undefined for one that never came. */
export interface Calls {
  made: number
  since: (number | undefined)[]
}

const channel = 'http.server.request.start'

/**
 * Lets a command run and does something at moments of it. A moment is a number of calls, because that is what a command
 * does again when it is run again, however busy the machine is. The account answers nobody else meanwhile, so that what
 * is done comes between two calls as a whole.
 */
export async function atMoments<T>(
  account: DrillAccount,
  moments: readonly Moment[],
  run: () => Promise<T>,
): Promise<{result: T; calls: Calls}> {
  const calls: Calls = {made: 0, since: moments.map(() => undefined)}
  const acts: Promise<void>[] = []
  let gate = Promise.resolve()
  let server: Server | undefined
  // The code of functions calls the account, too, and answers it, and time waits for it: it is let through.
  const isCall = ({headers}: IncomingMessage) => / app\/mcpgw\b/.test(headers['user-agent'] ?? '')
  const isWait = ({url}: IncomingMessage) => url === controlPaths.time
  const come = () => {
    for (const [index, {afterCalls, act}] of moments.entries()) {
      if (calls.since[index] !== undefined || calls.made < afterCalls) continue
      calls.since[index] = -calls.made
      gate = gate.then(act).then(done => {
        if (done === false) calls.since[index] = undefined
      })
      acts.push(gate)
    }
  }
  const emit = (original: Server['emit']) =>
    function (this: Server, ...given: Parameters<Server['emit']>): boolean {
      const [event, request] = given as unknown as [string, IncomingMessage]
      if (event !== 'request' || !(isCall(request) || isWait(request))) {
        return Reflect.apply(original, this, given)
      }
      come()
      if (isCall(request)) calls.made += 1
      if (acts.length === 0) return Reflect.apply(original, this, given)
      gate.then(() => Reflect.apply(original, this, given))
      return true
    } as Server['emit']
  // The server is known by its first request, which the harness makes.
  const find = (message: unknown) => {
    const {server: found, socket} = message as {server: Server; socket: {localPort: number}}
    if (socket.localPort === account.port) server = found
  }
  subscribe(channel, find)
  await account.now()
  unsubscribe(channel, find)
  if (server === undefined) throw new Error('The server of the account was not seen')
  const original = server.emit
  server.emit = emit(original)
  try {
    const result = await run()
    await Promise.all(acts)
    return {
      result,
      calls: {
        made: calls.made,
        since: calls.since.map(begun => (begun === undefined ? undefined : calls.made + begun)),
      },
    }
  } finally {
    server.emit = original
  }
}
