import {invalidInput, type McpgwError} from '../errors.js'

/** What matters here of a flag's definition. */
interface FlagDefinition {
  type?: string
  char?: string | undefined
}

/** A prefix may be none at all, and students may be none at all, which has words of its own. */
const mayBeEmpty = ['template-prefix', 'students']

/**
 * Refuses a flag whose value is empty, as an unset variable of a script leaves it (`--region "$REGION"`): taken for a flag
 * that was not given, it would lead to another region, account or environment than was meant. Also a flag with one dash
 * where two are meant, which oclif takes for a short one with a value, and a value for a flag that takes none.
 * @throws McpgwError USAGE, exit code 2
 */
export function checkFlagWords(
  argv: readonly string[],
  flags: Readonly<Record<string, FlagDefinition>>,
): void {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  for (const [index, word] of words.entries()) {
    // The value of the flag before it, whatever it looks like.
    const before = words[index - 1]
    if (before !== undefined && takesNextWord(before, flags)) continue
    refuseEmpty(word, words[index + 1], flags)
    refuseOneDash(word, flags)
  }
}

function refuseEmpty(
  word: string,
  next: string | undefined,
  flags: Readonly<Record<string, FlagDefinition>>,
): void {
  const [, name = '', own] = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(word) ?? shortFlag(word, flags)
  const flag = flags[name]
  if (flag === undefined) return
  if (flag.type === 'boolean') {
    if (own !== undefined) throw wrong(`--${name} takes no value.`, `Write --${name} alone, or leave it out.`)
    return
  }
  const value = own ?? next
  if (value === undefined || value.trim() !== '' || mayBeEmpty.includes(name)) return
  throw wrong(
    `--${name} is given with an empty value.`,
    `Give it a value, or leave --${name} out; a variable that was meant to fill it may not be set.`,
  )
}

function shortFlag(
  word: string,
  flags: Readonly<Record<string, FlagDefinition>>,
): readonly (string | undefined)[] {
  const [, char, own] = /^-([a-zA-Z])(?:=(\s*))?$/.exec(word) ?? []
  const name = Object.keys(flags).find(each => flags[each]?.char === char && char !== undefined)
  return [word, name, own]
}

function refuseOneDash(word: string, flags: Readonly<Record<string, FlagDefinition>>): void {
  // A hyphen, or what a word processor makes of two of them.
  const [, name = ''] = /^(?:-|[\u2010-\u2015]-?)([a-z][a-z-]+)(?:=[\s\S]*)?$/.exec(word) ?? []
  if (!Object.hasOwn(flags, name)) return
  const dashes = word.slice(0, word.indexOf(name))
  throw wrong(
    `There is no flag ${dashes}${name}. Did you mean --${name}?`,
    `Write --${name}, with two hyphens.`,
  )
}

function takesNextWord(word: string, flags: Readonly<Record<string, FlagDefinition>>): boolean {
  const [, name = ''] = /^--([a-z-]+)$/.exec(word) ?? shortFlag(word, flags)
  return flags[name]?.type === 'option' && !/=\s*$/.test(word)
}

function wrong(message: string, hint: string): McpgwError {
  return invalidInput('USAGE', message, hint)
}
