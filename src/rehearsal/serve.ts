import {refused} from '../errors.js'
import {emptyAccount} from './account/account.js'
import {type Speed, VirtualClock} from './account/virtual-clock.js'
import {World} from './account/world.js'
import {registerEngine} from './engine/engine.js'
import {announce, readHolder, releaseLock, takeLock} from './lock.js'
import {answerPlain} from './plain-requests.js'
import {Pump} from './pump.js'
import {handlerTables} from './services/index.js'
import {registerSimulation} from './simulation/index.js'
import {readAccount, writeAccount} from './state-file.js'
import {createDispatcher, createWireServer} from './wire/index.js'

export interface ServeOptions {
  /** 0, the default, takes a free port. */
  port?: number
  stateFile: string
  speed: Speed
  /** Used when the account is new. */
  seed: number
  /** Told about defects; the account goes on. */
  onError?: (error: unknown) => void
  /** Told when somebody asked the account to stop. */
  onStopAsked?: () => void
}

export interface ServedAccount {
  url: string
  port: number
  accountId: string
  seed: number
  stateFile: string
  /** Whether anything is under way in the account. */
  isBusy(): boolean
  /** Requests since the start. */
  requests(): number
  /** Saves the account and frees the port. */
  stop(): Promise<void>
}

/**
 * Serves the account in a state file on loopback, making it first when there is none.
 * @throws McpgwError REHEARSAL_IN_USE when another process serves it; REHEARSAL_STATE_* when the file is unusable.
 */
export async function serveAccount(options: ServeOptions): Promise<ServedAccount> {
  const {stateFile, speed, onError = () => {}} = options
  if (!takeLock(stateFile)) {
    const holder = readHolder(stateFile)
    throw refused(
      'REHEARSAL_IN_USE',
      `The embedded account in ${stateFile} is already being served${holder?.port ? ` at http://127.0.0.1:${holder.port}` : ''}.`,
      'Use that address, or name another file with --state.',
    )
  }
  try {
    const account = readAccount(stateFile) ?? emptyAccount({seed: options.seed, now: Date.now()})
    const world = new World(account, new VirtualClock({speed, now: Math.max(account.now, Date.now())}))
    const pump = new Pump(world, {save: () => writeAccount(stateFile, account), onError})
    const isBusy = () =>
      Object.values(account.regions).some(({stacks}) =>
        Object.values(stacks).some(({operation}) => operation !== undefined),
      )
    const askedToStop = () => {
      if (isBusy()) return false
      options.onStopAsked?.()
      return true
    }
    let url = ''
    let requests = 0
    registerEngine(world)
    registerSimulation(world, {endpoint: () => url, afterRun: () => pump.run()})
    const dispatch = createDispatcher(handlerTables(world))
    const server = await createWireServer({
      port: options.port,
      async handle(call) {
        requests += 1
        pump.run()
        const answer = await dispatch(call)
        if (!/^(Describe|List|Get|Batch|Head|Filter)/.test(call.operation)) pump.changed()
        return answer
      },
      async onPlainRequest(request) {
        requests += 1
        pump.run()
        const answer = await answerPlain(world, request, {stop: askedToStop, moveTo: at => pump.moveTo(at)})
        if (request.method !== 'GET') pump.changed()
        return answer
      },
      onError,
    })
    url = server.url
    announce(stateFile, server.port)
    pump.run()
    pump.saveNow()
    return {
      url,
      port: server.port,
      accountId: account.id,
      seed: account.seed,
      stateFile,
      isBusy,
      requests: () => requests,
      async stop() {
        pump.stop()
        await server.close()
        releaseLock(stateFile)
      },
    }
  } catch (error) {
    releaseLock(stateFile)
    throw error
  }
}
