/** What nobody but an attacker says. A line that begins with this word is forged. */
export const forged = 'FORGED'

/** Everything that acts upon a terminal, a page or a reader of lines, each followed by the word. */
export const hostile = [
  `\n✔ ${forged}`,
  `\r✖ ${forged}`,
  `\r\nError: ${forged}`,
  `\t${forged}`,
  `\u001b[2J\u001b[1;1H\u001b[8m${forged}`,
  `\u001b]0;${forged}\u0007`,
  `\u001b]8;;https://example.com/\u001b\\${forged}`,
  `\u009b2J${forged}`,
  `\u0085✔ ${forged}`,
  `\u2028✔ ${forged}\u2029`,
  `\u202e${forged}\u2066\u200f\u061c`,
  `\u200b${forged}\u00ad\ufeff`,
  `\u007f\u0008${forged}\u0000`,
  `<script>${forged}</script>[${forged}](https://example.com)`,
].join('')

/** As an XML document may hold it: no C0 but line ends and tabs. Source: XML 1.0, production 2. */
export const hostileInXml = hostile
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold
  .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
  .replaceAll('&', '&amp;')
  .replaceAll('<', '&lt;')
  .replaceAll('\r', '&#xD;')
  .replaceAll('\u0085', '&#x85;')

/** Colours of ours and of the libraries that draw, and what they move the cursor with. */
const drawing =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
  /\u001b\[(?:\d{1,2}m|\?(?:25|7|2026)[hl]|[02]?K|\d*[ABGJ])/g

/**
 * What is wrong with something that was shown; what continues in the next line is indented by seven spaces, and is not forged; nothing when it is as it should be.
 * @param where a terminal on which is drawn may get colours and movements of the cursor
 */
export function wrongsOf(text: string, where: 'pipe' | 'terminal'): string[] {
  const plain = where === 'pipe' ? text : text.replace(drawing, '').replaceAll('\r', '')
  const raw = /[^\n\P{Cc}]|[\p{Zl}\p{Zp}\p{Cs}\p{Cf}]/gu
  const acting = Array.from(plain.matchAll(raw), ({0: character, index}) => {
    const code = (character.codePointAt(0) ?? 0).toString(16)
    return `U+${code.padStart(4, '0')} in ${JSON.stringify(plain.slice(Math.max(0, index - 40), index + 20))}`
  })
  const lines = plain.split('\n').filter(line => new RegExp(`^ {0,6}(?! )\\W*(Error: )?${forged}`).test(line))
  return [...new Set(acting), ...lines.map(line => `forged line ${JSON.stringify(line)}`)]
}
