import type {Label} from '../../../../src/parity/templates/template-set.js'
import type {Texts} from '../template-set.js'

/** Changes the lines of one text. */
export type LineEdit = (lines: readonly string[]) => readonly string[]

/** @throws {Error} when the text stays as it was */
export function editText(texts: Texts, label: Label, edit: LineEdit): void {
  const before = texts[label]
  texts[label] = edit(before.split('\n')).join('\n')
  if (texts[label] === before) throw new Error(`Nothing changed in ${label}`)
}

/** Where a member of a section begins, and where what comes behind it does: its empty lines are its own. */
export function placeIn(
  lines: readonly string[],
  section: string,
  name: string,
): readonly [start: number, end: number] {
  const start = lineOf(lines, `  ${name}:`, lineOf(lines, `${section}:`))
  return [start, nextFrom(lines, start + 1, /^ {0,2}\S/)]
}

/** Changes the lines of one member. */
export function inMember(section: string, name: string, edit: LineEdit): LineEdit {
  return lines => {
    const [start, end] = placeIn(lines, section, name)
    return lines.toSpliced(start, end - start, ...edit(lines.slice(start, end)))
  }
}

/** Exchanges two keys of a member that are next to each other, with all their lines. */
export function exchanged(first: string, second: string): LineEdit {
  return lines => {
    const one = nextFrom(lines, 0, new RegExp(`^ {4}${first}:`))
    const other = nextFrom(lines, one, new RegExp(`^ {4}${second}:`))
    const end = nextFrom(lines, other + 1, /^ {0,4}\S|^$/)
    return [
      ...lines.slice(0, one),
      ...lines.slice(other, end),
      ...lines.slice(one, other),
      ...lines.slice(end),
    ]
  }
}

/** @throws {Error} when there is no such line */
export function lineOf(lines: readonly string[], line: string, from = 0): number {
  const at = lines.indexOf(line, from)
  if (at === -1) throw new Error(`There is no line ${line}`)
  return at
}

/** The next line like that, or the end. */
export function nextFrom(lines: readonly string[], from: number, pattern: RegExp): number {
  const at = lines.slice(from).findIndex(line => pattern.test(line))
  return at === -1 ? lines.length : from + at
}
