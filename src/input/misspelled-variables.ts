import {invalidInput} from '../errors.js'
import {editDistance, nearestName} from '../template/nearest-name.js'

/** What matters here of a command. */
interface CommandFlags {
  readonly flags: Readonly<Record<string, {readonly env?: string}>>
}

/** Read by the embedded account itself, and of no flag. */
const withoutFlag = ['MCPGW_REHEARSAL_STATE']

/** The names of all variables that any command takes. */
export function knownVariables(commands: readonly CommandFlags[]): readonly string[] {
  const ofFlags = commands.flatMap(({flags}) => Object.values(flags).map(({env}) => env))
  return [...new Set([...withoutFlag, ...ofFlags.filter(name => name !== undefined)])]
}

/**
 * Refuses a variable that nobody reads and that can only be meant for a rehearsal: without a word, what follows would
 * continue in AWS. One that says nothing of rehearsals may be another program's.
 * @throws McpgwError INVALID_VARIABLE, exit code 2
 */
export function refuseMisspelled(
  env: NodeJS.ProcessEnv,
  known: readonly string[],
  platform: NodeJS.Platform = process.platform,
): void {
  // Windows finds a variable in any case.
  const isKnown = (name: string) => known.includes(platform === 'win32' ? name.toUpperCase() : name)
  const name = Object.keys(env).find(each => env[each]?.trim() && meansRehearsal(each) && !isKnown(each))
  if (name === undefined) return
  const meant = nearestName(name, known) ?? 'MCPGW_REHEARSE'
  throw invalidInput(
    'INVALID_VARIABLE',
    `${name} is no variable of mcpgw. Did you mean ${meant}?`,
    `Unset ${name}; \`MCPGW_REHEARSE=1\`, or --rehearse, uses the embedded account instead of AWS.`,
  )
}

function meansRehearsal(name: string): boolean {
  const [, rest] = /^MCP_?GW[_-]?(.+)$/i.exec(name) ?? []
  return (rest ?? '').toUpperCase().split(/[_-]/).some(isNearlyRehearse)
}

/** Two letters may be off; of a word without the H, such as RELEASE, only one. */
function isNearlyRehearse(word: string): boolean {
  const most = word.includes('H') ? 2 : 1
  return (
    word.startsWith('REHEARS') || ['REHEARSE', 'REHEARSAL'].some(each => editDistance(word, each) <= most)
  )
}
