import {stripVTControlCharacters} from 'node:util'

/** Columns that continue a line with a mark in front, such as `✖ name: …`, or an indented one. */
const further = 2
/** What begins an item: a mark and a space. */
const marked = /^[✔✖▲·?›▸↓-] /

/**
 * Lines for a terminal of `width` columns, broken between words. What continues a line is under its last column that
 * still leaves room, or under its text; spaces between the columns of a table stay. What is in back-quotes is not broken,
 * because people copy it: where that, or a word, is longer than the terminal, the terminal folds it.
 *
 * @param text lines that may have colours
 */
export function foldLines(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap(line => (columnsIn(line) <= width ? [line] : foldLine(line, width)))
    .join('\n')
}

function foldLine(line: string, width: number): string[] {
  const indents = hangingOf(stripVTControlCharacters(line), width).map(columns => ' '.repeat(columns))
  const begun = (word: string) => `${indents.find(indent => columnsIn(indent + word) <= width) ?? ''}${word}`
  const lines: string[] = []
  let current = ''
  for (const {0: part, 1: gap = '', 2: word = ''} of line.matchAll(/(\s*)((?:`[^`]*`|[^\s`]|`)+)/g)) {
    if (current === '' || columnsIn(current + part) <= width) current += part
    else {
      lines.push(current)
      // The gap goes with the line end; one of many columns was there for those alone.
      current = gap === '' ? part : begun(word)
    }
  }
  return [...lines, current]
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
