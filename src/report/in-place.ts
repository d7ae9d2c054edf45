const esc = '\u001B'
const [eraseLine, goUp, goLeft] = [`${esc}[2K`, `${esc}[1A`, `${esc}[G`]
const eraseBelow = `${esc}[J`
/** Down without scrolling, where a line feed would. */
const downAndLeft = `\r${esc}[1B`
/** A line that is too long is cut by the terminal while folding is off. */
const [foldingOff, foldingOn] = [`${esc}[?7l`, `${esc}[?7h`]

/**
 * A drawing as the library writes it (the old lines erased one by one upwards, then the new ones) as one that never
 * scrolls, except by as many lines as it has more than the old one.
 *
 * @param folded by how many lines the old drawing has grown since, because the terminal became narrower
 */
export function inPlace(text: string, folded: number): {output: string; lines: readonly string[]} {
  let at = 0
  let up = 0
  for (;;) {
    const step = [eraseLine, goUp, goLeft].find(sequence => text.startsWith(sequence, at))
    if (step === undefined) break
    if (step === goUp) up += 1
    at += step.length
  }
  const drawn = text.slice(at).split('\n')
  const lines = drawn.map(plain)
  if (up === 0) return {output: text, lines}
  const height = up + folded
  const body = drawn.map((line, index) => {
    if (index === drawn.length - 1) return `${eraseLine}${line}`
    return `${eraseLine}${line}${index < height ? downAndLeft : '\r\n'}`
  })
  const output = `${foldingOff}\r${esc}[${height}A${body.join('')}${eraseBelow}${foldingOn}`
  return {output, lines}
}

/** As wide as it is shown. */
function plain(text: string): string {
  return text
    .split(esc)
    .map((part, index) => (index === 0 ? part : part.replace(/^\[[0-9;?]*[A-Za-z]/, '')))
    .join('')
}
