import {visible} from '../visible.js'

/** What Markdown or HTML would read as more than text; an underscore within a word is none. */
const marks = /[\\*[\]<|~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|^[>#=+-]/g

/**
 * Words for a page in Markdown, in which nothing but what is in back-quotes has a meaning: no links, no pictures, no
 * HTML, no headings, whatever AWS or a log says in between.
 */
export function markdown(text: string): string {
  // Several back-quotes side by side would be marks of their own.
  const parts = visible(text).replace(/`{2,}/g, "''").split('`')
  const last = parts.length - 1
  const isOdd = last % 2 === 1
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(marks, '\\$&')
      // The last of an odd number of back-quotes has no partner.
      return isOdd && index === last ? `\\\`${part.replace(marks, '\\$&')}` : `\`${part}\``
    })
    .join('')
}

/** Words of others as they are, in a block of code: no mark in it has a meaning. */
export function codeBlock(lines: readonly string[]): string {
  return lines.map(line => `    ${visible(line)}`).join('\n')
}

/** Words of others as one piece of code within a line. */
export function codeSpan(text: string): string {
  const line = visible(text)
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  // Markdown takes one space away on both sides.
  const space = /^`|`$|^ .* $/.test(line) ? ' ' : ''
  return `${fence}${space}${line}${space}${fence}`
}
