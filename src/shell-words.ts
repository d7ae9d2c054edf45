/**
 * A text as one word of a command line, in bash, zsh and PowerShell alike where that can be, else as bash and zsh have it.
 *
 * Bare is what none of them reads anything into: PowerShell makes a list of what has commas (about_Parsing) and two words of one like `-a.b`, and zsh looks
 * for files by what is in brackets and for a program after a leading `=` (zshexpn). Single quotes keep everything in all
 * three but one of their own, which bash writes as `'\''` and PowerShell as `''`: a text with some goes into double quotes
 * where it has nothing that any of them reads there. To PowerShell typographic quotes are quotes (about_Quoting_Rules).
 */
export function shellWord(text: string): string {
  if (/^[\w+:./][\w@%+=:./-]*$/.test(text)) return text
  if (!/['‘’‚‛]/.test(text)) return `'${text}'`
  if (!/["$`\\!“”„]/.test(text)) return `"${text}"`
  return `'${text.replaceAll("'", "'\\''")}'`
}
