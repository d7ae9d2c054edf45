import {invalidInput, type McpgwError} from '../errors.js'

/**
 * Bytes of one argument, or of one line of a variable: the names of 200 students are the longest that anything takes.
 * The systems below set limits of their own, which differ.
 */
const mostBytes = 16_384

/**
 * Refuses what is too long to be meant, before anything is done with it. It may be a secret and is not repeated.
 * @throws McpgwError USAGE, exit code 2
 */
export function checkLengths(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  const index = argv.findIndex(isTooLong)
  if (index !== -1) throw tooLong(nameOf(argv, index))
  const variable = Object.keys(env).find(
    name => name.startsWith('MCPGW_') && (env[name] ?? '').split('\n').some(isTooLong),
  )
  if (variable !== undefined) throw tooLong(variable)
}

function isTooLong(text: string): boolean {
  // A character has one to three bytes for each code unit.
  return text.length > mostBytes || (text.length * 3 > mostBytes && Buffer.byteLength(text) > mostBytes)
}

function nameOf(argv: readonly string[], index: number): string {
  const [, own] = /^(--[a-z-]{1,40})=/.exec(argv[index] ?? '') ?? []
  const before = argv[index - 1]
  if (own !== undefined) return own
  return before !== undefined && /^--?[a-z-]{1,40}$/.test(before) ? before : `Argument ${index + 1}`
}

function tooLong(name: string): McpgwError {
  return invalidInput(
    'USAGE',
    `${name}: the value is longer than ${mostBytes.toLocaleString('en-US')} bytes.`,
    'Give a shorter value; parameters can go in a file (--parameters).',
  )
}
