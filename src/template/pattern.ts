import {createContext, Script} from 'node:vm'

const compiled = new Map<string, RegExp | null>()

/** Java's names for classes of characters, which its regular expressions keep to ASCII. */
const posixClasses: Readonly<Record<string, string>> = {
  Alpha: 'A-Za-z',
  Digit: '0-9',
  Alnum: 'A-Za-z0-9',
  Upper: 'A-Z',
  Lower: 'a-z',
  Punct: '!-\\/:-@\\[-`{-~',
  Space: '\\s',
  XDigit: '0-9A-Fa-f',
}

/**
 * Milliseconds of work that one comparison may take. An expression that tries every way to divide a value can take longer than
 * the universe is old; the slowest of ours takes less than one.
 */
const longestMs = 100

/** Answers that are known, since the same defaults are checked for every stack. So many: a set of templates has 300. */
const known = new Map<string, boolean>()
const mostKnown = 1000

/**
 * Whether a value matches an `AllowedPattern` from its first to its last character, as CloudFormation, which
 * runs on Java, demands. `undefined` when the pattern cannot be read as a JavaScript expression; then
 * only CloudFormation can tell. `'too-slow'` when nobody could wait for the answer.
 *
 * An engine without such expressions (RE2) has no look-ahead, on which the templates rely.
 * @param limitMs how long it may work; `Infinity` for patterns of our own, which saves the thread that would watch
 */
export function matchesPattern(
  pattern: string,
  value: string,
  limitMs = longestMs,
): boolean | 'too-slow' | undefined {
  return tested(sourceOf(pattern), value, limitMs)
}

/** Whether an expression as JavaScript reads it fits a part of a value; else as `matchesPattern`. */
export function findsExpression(
  expression: string,
  value: string,
  limitMs = longestMs,
): boolean | 'too-slow' | undefined {
  return tested({source: expression, flags: ''}, value, limitMs)
}

/** Whether an `AllowedPattern` can be read at all. */
export function isPattern(pattern: string): boolean {
  return expressionOf(sourceOf(pattern)) !== null
}

/** What a regular expression is made of. */
interface Source {
  source: string
  flags: string
}

function tested(from: Source, value: string, limitMs: number): boolean | 'too-slow' | undefined {
  const expression = expressionOf(from)
  if (expression === null) return undefined
  const question = JSON.stringify([from.source, from.flags, value])
  const answer = known.get(question) ?? testWithin(limitMs, expression, value)
  if (answer === 'too-slow') return answer
  if (known.size >= mostKnown) known.clear()
  known.set(question, answer)
  return answer
}

function expressionOf({source, flags}: Source): RegExp | null {
  const name = `${flags}/${source}`
  const before = compiled.get(name)
  if (before !== undefined) return before
  const expression = compile({source, flags})
  if (compiled.size >= mostKnown) compiled.clear()
  compiled.set(name, expression)
  return expression
}

const scope: {expression?: RegExp; value?: string} = Object.create(null)
let comparison: {script: Script; context: object} | undefined

/**
 * Only code that runs by `node:vm` can be stopped from outside while an expression is being tried. It is stopped by the
 * clock, which moves on while a busy machine lets this process wait: what counts is how long it has worked.
 */
function testWithin(limitMs: number, expression: RegExp, value: string): boolean | 'too-slow' {
  if (limitMs === Number.POSITIVE_INFINITY) return expression.test(value)
  comparison ??= {script: new Script('expression.test(value)'), context: createContext(scope)}
  Object.assign(scope, {expression, value})
  const before = process.cpuUsage()
  for (;;) {
    try {
      return comparison.script.runInContext(comparison.context, {timeout: limitMs}) === true
    } catch (error) {
      if (!isTimeout(error)) throw error
      const {user, system} = process.cpuUsage(before)
      if ((user + system) / 1000 >= limitMs) return 'too-slow'
    }
  }
}

function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === timeoutCode
}

const timeoutCode = 'ERR_SCRIPT_EXECUTION_TIMEOUT'

const sources = new Map<string, Source>()

/** From Java's words to JavaScript's, and from end to end. */
function sourceOf(pattern: string): Source {
  const before = sources.get(pattern)
  if (before !== undefined) return before
  if (sources.size >= mostKnown) sources.clear()
  const source = translated(pattern)
  sources.set(pattern, source)
  return source
}

function translated(pattern: string): Source {
  const [, flags = '', body = ''] = /^(?:\(\?([ims]+)\))?([\s\S]*)$/.exec(pattern) ?? []
  return {source: `^(?:${translate(body)})$`, flags}
}

function compile({source, flags}: Source): RegExp | null {
  try {
    return new RegExp(source, flags)
  } catch {
    return null
  }
}

function translate(pattern: string): string {
  let isClass = false
  return pattern.replace(/\\p\{(\w+)\}|\\[\s\S]|\[|\]/g, (token, name: string | undefined) => {
    if (token === '[') isClass = true
    if (token === ']') isClass = false
    if (token === '\\A') return '^'
    if (token === '\\z' || token === '\\Z') return '$'
    const characters = name === undefined ? undefined : posixClasses[name]
    if (characters === undefined) return token
    return isClass ? characters : `[${characters}]`
  })
}
