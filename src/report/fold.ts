import {stripVTControlCharacters} from 'node:util'

/** Columns that continue a line with a mark in front, such as `✖ name: …`, or an indented one. */
const further = 2
/** What begins an item: a mark and a space. */
const marked = /^[✔✖▲·?›▸↓-] /
/** A word with the blanks before it. */
const anyWord = /(\s*)(\S+)/g
/** The same, with what is in back-quotes, and a command in the last column, as one word: people copy it. */
const wholeWord = /(\s*)((?<=^ *| {2})(?:mcpgw|aws) .*|(?:`[^`]*`|[^\s`]|`)+)/g

/**
 * Lines for a terminal of `width` columns, broken between words. What continues a line is under its last column that
 * still leaves room, or under its text; spaces between the columns of a table stay. Addresses, commands in the
 * last column and what is in back-quotes are not broken, because people copy them: one that is longer than the terminal has
 * a line of its own, which the terminal folds.
 *
 * @param text lines that may have colours
 */
export function foldLines(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap(line => (columnsIn(line) <= width ? [line] : foldLine(line, width)))
    .join('\n')
}

/**
 * A text in lines of at most `width` characters, broken between words, with one space between them.
 * @param options.whole whether what is in back-quotes stays in one line, however long
 */
export function foldText(text: string, {width, whole}: {width: number; whole: boolean}): string[] {
  const words = Array.from(text.matchAll(whole ? wholeWord : anyWord), ([, , word = '']) => word)
  return packed(
    words.map((word, index) => ({gap: index === 0 ? '' : ' ', word})),
    width,
    word => word,
  )
}

function foldLine(line: string, width: number): string[] {
  const indents = hangingOf(stripVTControlCharacters(line), width).map(columns => ' '.repeat(columns))
  const begun = (word: string) => `${indents.find(indent => columnsIn(indent + word) <= width) ?? ''}${word}`
  const parts = Array.from(line.matchAll(wholeWord), ([, gap = '', word = '']) => ({gap, word}))
  return packed(parts, width, begun)
}

/** As many words in each line as it has room for; `begun` is how a further line begins. */
function packed(
  parts: readonly {gap: string; word: string}[],
  width: number,
  begun: (word: string) => string,
): string[] {
  const lines: string[] = []
  for (const {gap, word} of parts) {
    const current = lines.at(-1)
    if (current === undefined) lines.push(gap + word)
    else if (columnsIn(current + gap + word) <= width) lines[lines.length - 1] = current + gap + word
    // The gap goes with the line end; one of many columns was there for those alone.
    else lines.push(gap === '' ? word : begun(word))
  }
  return lines
}

/** Under what the next lines begin, the best first. */
function hangingOf(line: string, width: number): number[] {
  const indent = /^ */.exec(line)?.[0].length ?? 0
  const isItem = marked.test(line.slice(indent))
  const columns = Array.from(line.matchAll(/\S {2,}(?=\S)/g), ({index, 0: gap}) => index + gap.length)
  const last = columns.filter(column => column <= width / 2).at(-1)
  const own = indent > 0 || isItem || last !== undefined ? indent + further : 0
  return last === undefined ? [own] : [last, own]
}

function columnsIn(text: string): number {
  return stripVTControlCharacters(text).length
}
