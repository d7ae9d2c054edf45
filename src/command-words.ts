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
