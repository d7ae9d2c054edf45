/** A name of HCL: a letter or an underscore, then letters, digits, underscores and hyphens; empty where there is none. */
export function nameAt(text: string, at: number): string {
  identifier.lastIndex = at
  return identifier.exec(text)?.[0] ?? ''
}

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy

/** A key between its brackets; nothing for null. */
export function keyText(key: string | number | null): string {
  if (key === null) return ''
  return typeof key === 'number' ? `[${key}]` : `["${key.replace(toEscape, escaped)}"]`
}

/** The two ways of a template begin with a brace, and are doubled; what cannot be printed has a number. */
const toEscape = /["\\]|[$%](?=\{)|\p{C}|(?! )\p{Z}/gu

function escaped(character: string): string {
  if (character === '$' || character === '%') return character + character
  const short = shortOf[character]
  if (short !== undefined) return short
  const code = character.codePointAt(0) ?? 0
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`
}

const shortOf: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/**
 * The text in quotes at this place, without its escapes, and where it ends; undefined where there is none. Escapes are
 * those of HCL, and those of Go, which earlier versions wrote (`\x1b`, `\a`).
 */
export function textKeyAt(text: string, at: number): {text: string; end: number} | undefined {
  quoted.lastIndex = at
  const found = quoted.exec(text)?.[0]
  if (found === undefined) return undefined
  return {text: found.slice(1, -1).replace(anEscape, meantBy), end: at + found.length}
}

const quoted = /"(?:[^"\\]|\\.)*"/suy
const anEscape = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))|\$\$(?=\{)|%%(?=\{)/gsu

function meantBy(whole: string, short?: string, long?: string, byte?: string, letter?: string): string {
  if (whole.length === 2 && letter === undefined) return whole.slice(1)
  const code = short ?? long ?? byte
  if (code === undefined) return meanings[letter ?? ''] ?? letter ?? ''
  const point = Number.parseInt(code, 16)
  return point <= 0x10ffff ? String.fromCodePoint(point) : whole
}

const meanings: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}
