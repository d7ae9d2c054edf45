import type {Evidence} from '../../results.js'

const mask = '****'

/**
 * Characters of a line that are kept. Programs write up to a megabyte as one line, and the expressions below look at what
 * they find more than once: of such a line they would make minutes.
 */
const longestLine = 8192

/**
 * A line of a log without what programs write there although it is secret: the values of what calls itself a password,
 * a secret, a token or a key, authorization headers, and addresses that carry a signature. The ARN of a secret is none.
 */
export function scrub(line: string): string {
  return (line.length <= longestLine ? line : `${line.slice(0, longestLine)} …`)
    .replace(/(https?:\/\/[^\s"'?]+\?)[^\s"']*(?:X-Amz-|Signature=)[^\s"']*/gi, `$1${mask}`)
    .replace(/\b((?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/gi, `$1${mask}`)
    .replace(
      /(?<!\barn:aws[\w-]{0,16}:(?:secretsmanager:[\w-]{0,24}:\d{0,12}:)?)((?:password|passwd|secret|token|api[_-]?key|private[_-]?key|access[_-]?key)\w*["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&"'}]+)/gi,
      `$1${mask}`,
    )
}

/** The same evidence, with `clean` applied to every text. */
export function cleaned({kind, title, lines}: Evidence, clean: (text: string) => string): Evidence {
  return {kind, title: clean(title), lines: lines.map(line => clean(scrub(line)))}
}
