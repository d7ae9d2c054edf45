import {FaultError} from './fault-error.js'

/** One word of a line: `name=value`, or a value alone. */
interface Word {
  name?: string
  value: string
}

/**
 * The words of a line; a value with spaces goes in quotes. In double ones `\"` is a quote and `\\` a backslash.
 * @throws FaultError
 */
export function wordsOf(line: string): Word[] {
  const pattern = /\s*(?:([a-z]+)=)?(?:"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|([^\s"']+))(?=\s|$)/y
  const words: Word[] = []
  const text = line.trimEnd()
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at
    const [, name, double, single, plain] = pattern.exec(text) ?? []
    const value = double?.replace(/\\(["\\])/g, '$1') ?? single ?? plain
    if (value === undefined) {
      throw new FaultError(
        `the fault cannot be read from "${text.slice(at).trim()}" on.`,
        'Put a value with spaces into quotes: message="No capacity left."',
      )
    }
    words.push({...(name !== undefined && {name}), value})
  }
  return words
}

/** The line that means a fault of these words; `parseFault` reads it. */
export function lineOf(kind: string, entries: readonly (readonly [name: string, value: string])[]): string {
  const quoted = (value: string) =>
    /^[^\s"']+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`
  return [
    kind,
    ...entries.map(([name, value]) => (name === 'where' ? quoted(value) : `${name}=${quoted(value)}`)),
  ].join(' ')
}
