/**
 * What a terminal, a pager or a page would act upon instead of showing it: control characters (C0, DEL, C1), the
 * separators that end a line (U+2028, U+2029), what turns the direction of a text, what has no shape of its own (zero
 * width, fillers, tags), and halves of surrogate pairs. Variation selectors 1 to 16 stay: they only choose between two shapes of
 * a character, as in most emoji.
 *
 * Source: Unicode 16, categories Cc, Cf, Zl, Zp and Cs, and the property Default_Ignorable_Code_Point.
 */
const acting = /(?![\ufe00-\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu

/** The colours that `paint` writes. */
const ourColour = String.raw`\x1b\[(?:1|2|22|31|32|33|39)m`
const ourColourOrLineEnd = new RegExp(`(?:${ourColour}|\\n)+`, 'g')

const named: Readonly<Record<string, string>> = {'\n': '\\n', '\r': '\\r', '\t': '\\t'}

/**
 * Text that somebody else wrote (AWS, a log, a name, a file, an argument), as one line in which everything can be seen:
 * `\x1b` for the escape character, `\n` for the end of a line, `\u202e` for what turns the text around. It can move no
 * cursor, colour nothing and forge no line of ours. Text that was shown so already stays as it is.
 */
export function visible(text: string): string {
  return text.replace(acting, character => named[character] ?? escaped(character))
}

/** The same value with every text in it as `visible` shows it, names of members included. */
export function visibleIn<T>(value: T): T {
  return shown(value) as T
}

/**
 * The last guard before a stream: text of ours, whose line ends and colours stay. Everything else that would act is shown.
 * It cannot tell our line ends from those of others: these must have been shown before.
 */
export function visibleLines(text: string): string {
  let shownText = ''
  let at = 0
  for (const {0: ours, index} of text.matchAll(ourColourOrLineEnd)) {
    shownText += visible(text.slice(at, index)) + ours
    at = index + ours.length
  }
  return shownText + visible(text.slice(at))
}

/**
 * A JSON document that can be looked at in a terminal: `JSON.stringify` escapes C0 only. What it means stays the same,
 * because none of these characters can be outside a text.
 */
export function visibleJson(value: unknown, options: {indent?: number; replacer?: Replacer} = {}): string {
  const {indent, replacer} = options
  const text = JSON.stringify(value, replacer, indent)
  // Line ends are those of the indentation.
  return text.replace(acting, character => (character === '\n' ? character : inJson(character)))
}

type Replacer = (name: string, member: unknown) => unknown

function shown(value: unknown): unknown {
  if (typeof value === 'string') return visible(value)
  if (Array.isArray(value)) return value.map(shown)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [visible(name), shown(member)]))
}

/** Maps of members only: what has behaviour of its own is no data. */
function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const digits = code.toString(16)
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`
}

/** JSON knows code units only. */
function inJson(character: string): string {
  return Array.from({length: character.length}, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`
  }).join('')
}
