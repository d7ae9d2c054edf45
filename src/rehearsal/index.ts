/**
 * The door of the embedded account: all that the rest of mcpgw may know of it. What is behind it is loaded when it is
 * asked for, because most runs are against AWS and an account that is only joined needs no server.
 */
import type {JoinedRehearsal, JoinOptions} from './process/join.js'
import type {ServedAccount, ServeOptions} from './process/serve.js'

export type {JoinedRehearsal, JoinOptions} from './process/join.js'
export type {ServedAccount, ServeOptions} from './process/serve.js'

/**
 * Joins the account that other commands of this user work in, which is started when nobody serves it.
 * @throws McpgwError when it cannot be started or joined, or a fault or quota is none
 */
export async function joinRehearsal(options: JoinOptions): Promise<JoinedRehearsal> {
  const {joinRehearsal: join} = await import('./process/join.js')
  return join(options)
}

/**
 * Serves an account on 127.0.0.1 until it is stopped, and keeps it in `stateFile`, else in the user's own file.
 * @throws McpgwError when the port, the file, a fault or a quota cannot be used
 */
export async function serveAccount(
  options: Omit<ServeOptions, 'stateFile'> & Partial<Pick<ServeOptions, 'stateFile'>>,
): Promise<ServedAccount> {
  const [{serveAccount: serve}, {defaultStateFile}] = await Promise.all([
    import('./process/serve.js'),
    import('./process/state-file.js'),
  ])
  return serve({...options, stateFile: options.stateFile ?? defaultStateFile()})
}

/** Tells `report` of what inline code throws after its end, instead of ending the process with it. */
export async function surviveLateExceptions(report: (error: unknown) => void): Promise<void> {
  const {surviveLateExceptions: survive} = await import('./process/late-exceptions.js')
  survive(report)
}

/** The faults of a file, a line each. @throws McpgwError for one that cannot be read, or holds what is no fault */
export async function readFaultsFile(file: string): Promise<string[]> {
  const {readFaultsFile: read} = await import('./faults/file.js')
  return read(file)
}
