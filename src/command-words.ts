/**
 * What a command's words and variables say before its flags are read. Imports nothing: it is needed at once, and by
 * whatever answers before a command is there.
 */

/** Words for yes and no, in any case and with blanks around them; the first of each are those to name. */
export const trueWords = ['1', 'true', 'yes', 'on', 'y']
export const falseWords = ['0', 'false', 'no', 'off', 'n']

/** What a variable says; undefined when it is not set, or empty, as `NAME= command` and a line `NAME=` have it. */
export function booleanWord(value: string | undefined): boolean | 'neither' | undefined {
  const word = value?.trim().toLowerCase() ?? ''
  if (word === '') return undefined
  if (trueWords.includes(word)) return true
  return falseWords.includes(word) ? false : 'neither'
}

/** Whether a command answers with a document: known before its flags, because a wrong flag is told in JSON too. */
export function asksForJson(argv: readonly string[], env: NodeJS.ProcessEnv): boolean {
  const end = argv.indexOf('--')
  const flags = end === -1 ? argv : argv.slice(0, end)
  return flags.includes('--json') || booleanWord(env.MCPGW_JSON) === true
}

/** How people ask for help and for the version beside the flags that every program has. */
const helpFlags = ['--help', '-h']
const versionFlags = ['--version', '-V']

/**
 * What was given, with `help deploy` as `deploy --help`, and `version` as `--version`, as they are asked for of other
 * programs. Only the first word can be one of them: an environment may be called `help`.
 */
export function withoutAliases(argv: readonly string[]): string[] {
  const [first = '', ...rest] = argv
  if (['version', ...versionFlags].includes(first)) return ['--version']
  if (!['help', ...helpFlags].includes(first)) return [...argv]
  return [...rest.filter(word => !helpFlags.includes(word)), '--help']
}

let started: readonly string[] | undefined

/** Remembers the words that the program was started with, for the hook that looks at them before oclif does. */
export function startedWith(argv: readonly string[]): void {
  started = argv
}

/** The words that the program was started with; undefined where it was not, as when its pages are written. */
export function startedWords(): readonly string[] | undefined {
  return started
}

/** The words before the first flag, and whether help or the version is asked for. */
export function wordsOfCommand(argv: readonly string[]): {
  words: string[]
  asksForHelp: boolean
  asksForVersion: boolean
} {
  const firstFlag = argv.findIndex(word => word.startsWith('-'))
  const end = argv.indexOf('--')
  const flags = end === -1 ? argv : argv.slice(0, end)
  return {
    words: firstFlag === -1 ? [...argv] : argv.slice(0, firstFlag),
    asksForHelp: flags.some(word => helpFlags.includes(word)),
    asksForVersion: versionFlags.includes(argv[0] ?? ''),
  }
}
