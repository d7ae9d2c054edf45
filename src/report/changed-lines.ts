const esc = '\u001B'
const [eraseRest, eraseBelow] = [`${esc}[K`, `${esc}[J`]
/** Down without scrolling, where a line feed would. */
const downAndLeft = `\r${esc}[1B`
/** A line that is too long is cut by the terminal while folding is off. */
const [foldingOff, foldingOn] = [`${esc}[?7l`, `${esc}[?7h`]

/**
 * What turns one drawing into the next: nothing but the lines that are others now. Before and after it the cursor is at
 * the beginning of the line below the drawing; the terminal scrolls by as many lines as there are more than before.
 */
export function changedLines(before: readonly string[], after: readonly string[]): string {
  let at = before.length
  let output = ''
  const goTo = (line: number) => {
    output += line < at ? `${esc}[${at - line}A` : line > at ? `${esc}[${line - at}B` : ''
    at = line
  }
  for (const [index, line] of after.slice(0, before.length).entries()) {
    if (line === before[index]) continue
    goTo(index)
    output += `\r${line}${eraseRest}`
  }
  if (after.length < before.length) {
    goTo(after.length)
    output += `\r${eraseBelow}`
  } else if (output !== '' || after.length > before.length) {
    goTo(before.length)
    output += `\r${after
      .slice(before.length)
      .map(line => `${line}${eraseRest}\r\n`)
      .join('')}`
  }
  return output === '' ? '' : `${foldingOff}${output}${foldingOn}`
}

/**
 * Draws all lines anew, in the place of a drawing that now takes `height` lines of the terminal: after a change of its size nobody
 * knows what stands where.
 */
export function allLines(height: number, after: readonly string[]): string {
  const up = height === 0 ? '' : `${esc}[${height}A`
  const body = after.map((line, index) => `${line}${eraseRest}${index < height ? downAndLeft : '\r\n'}`)
  return `${foldingOff}\r${up}${body.join('')}${eraseBelow}${foldingOn}`
}

/** How many lines these take in a terminal that has become narrower and folds them. */
export function foldedHeight(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0)
}

const colourOrCharacter = new RegExp(`${esc}\\[[0-9;]*m|[^]`, 'gu')
const colour = new RegExp(`^${esc}`)
/** Characters for which terminals take two columns. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u

/** A line without what would not fit; colours are ended as they were. */
export function cutLine(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line
  let width = 0
  let cut = ''
  for (const [part] of line.matchAll(colourOrCharacter)) {
    if (!colour.test(part)) {
      width += columnsOfCharacter(part)
      if (width > columns - 1) continue
    }
    cut += part
  }
  return `${cut}…`
}

function widthOf(line: string): number {
  let width = 0
  for (const [part] of line.matchAll(colourOrCharacter))
    width += colour.test(part) ? 0 : columnsOfCharacter(part)
  return width
}

function columnsOfCharacter(character: string): number {
  return wide.test(character) ? 2 : 1
}
