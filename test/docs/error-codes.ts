/** One way in which the source makes a failure. */
export interface FoundCode {
  code: string
  exitCodes: number[]
}

/** A call that makes a failure without naming its code as a literal. */
export class UnreadableCall extends Error {
  override name = 'UnreadableCall'
}

const makers: Readonly<Record<string, number[] | undefined>> = {
  invalidInput: [2],
  refused: [3],
  failed: [1],
  'new McpgwError': undefined,
}

/**
 * Every error code that a source text gives to a failure, with the exit codes that go with it.
 * @throws UnreadableCall for a call whose code is no literal, so that no code can hide from the documentation
 */
export function errorCodesIn(source: string): FoundCode[] {
  const extending = /extends McpgwError\b/.test(source) ? '|super' : ''
  const call = new RegExp(`(?<!function )\\b(invalidInput|refused|failed|new McpgwError${extending})\\(`, 'g')
  return Array.from(source.matchAll(call), match => {
    const text = argumentsAt(source, match.index + match[0].length)
    const maker = match[1] ?? ''
    const code =
      makers[maker] === undefined
        ? /\bcode: '([A-Z][A-Z_]*)'/.exec(text)?.[1]
        : /^\s*'([A-Z][A-Z_]*)'/.exec(text)?.[1]
    const exitCodes = makers[maker] ?? exitCodesIn(text, source)
    if (code === undefined || exitCodes.length === 0) throw new UnreadableCall(`${match[0]}${text})`)
    return {code, exitCodes}
  })
}

/** `exitCode: 4`, `exitCode: first ? 2 : 4`, or `exitCode: name` of a constant in the same file. */
function exitCodesIn(text: string, source: string): number[] {
  const expression = /\bexitCode: ([^,\n}]+)/.exec(text)?.[1] ?? ''
  const constant = new RegExp(`const ${expression.trim()} = (\\d+)`).exec(source)?.[1]
  return Array.from((constant ?? expression).matchAll(/\d+/g), ([digits]) => Number(digits))
}

/** The source from `start` to the parenthesis that closes the call; strings and comments may hold any others. */
function argumentsAt(source: string, start: number): string {
  let depth = 1
  let at = start
  while (depth > 0 && at < source.length) {
    const skipped = skippedAt(source, at)
    if (skipped === at) {
      if (source[at] === '(') depth += 1
      if (source[at] === ')') depth -= 1
      at += 1
    } else at = skipped
  }
  return source.slice(start, at - 1)
}

/** Where the string or comment that begins at `at` ends; `at` itself when none begins there. */
function skippedAt(source: string, at: number): number {
  const rest = source.slice(at)
  const plain = /^('(\\.|[^'\\])*'|"(\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/.exec(rest)
  if (plain) return at + plain[0].length
  if (rest[0] !== '`') return at
  let end = at + 1
  while (end < source.length && source[end] !== '`') {
    if (source.startsWith('${', end)) end = templateHoleEnd(source, end + 2)
    else end += source[end] === '\\' ? 2 : 1
  }
  return end + 1
}

/** Behind the brace that closes a `${…}`. */
function templateHoleEnd(source: string, start: number): number {
  let depth = 1
  let at = start
  while (depth > 0 && at < source.length) {
    const skipped = skippedAt(source, at)
    if (skipped === at) {
      if (source[at] === '{') depth += 1
      if (source[at] === '}') depth -= 1
      at += 1
    } else at = skipped
  }
  return at
}
