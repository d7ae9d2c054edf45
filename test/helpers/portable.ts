/** What a printed command begins with. */
const programs = /^(?:aws|mcpgw|curl) /

/**
 * Why a command line is not the same in bash, zsh and PowerShell of any version; undefined where it is. Semicolons between
 * commands are the same in all of them; `&&` is not known to PowerShell 5.1. In single quotes nothing is read, but PowerShell up
 * to 7.2 does not hand on double quotes in them. Source: about_Operators, about_Quoting_Rules, about_Parsing.
 */
export function unportable(line: string): string | undefined {
  const outside = line.replaceAll(/'[^']*'/g, "''")
  if (/&&|\|\|/.test(outside)) return 'it continues with && or ||'
  if (/\|/.test(outside)) return 'it has a pipe'
  if (/\$|`/.test(outside)) return 'a shell expands something in it'
  if (/\\\s*$/m.test(outside)) return 'a line ends in a backslash'
  if (/(^|; )(for|while|until|if) /.test(outside)) return 'it is a program of a shell'
  if (/'[^']*"[^']*'/.test(line)) return 'it has double quotes in single quotes'
  return undefined
}

/** All commands that a text has in back-quotes, and it itself where it is one. */
export function commandsInText(text: string): string[] {
  if (programs.test(text) && !text.includes('`')) return [text]
  return [...text.matchAll(/`([^`]+)`/g)].flatMap(([, quoted = '']) =>
    programs.test(quoted) ? [quoted] : [],
  )
}

/** Those of a document, wherever in it they are told, which are not the same in every shell, with why. */
export function unportableIn(document: unknown): string[] {
  if (typeof document === 'string')
    return commandsInText(document).flatMap(command => {
      const why = unportable(command)
      return why === undefined ? [] : [`${command}: ${why}`]
    })
  if (typeof document !== 'object' || document === null) return []
  return Object.values(document).flatMap(unportableIn)
}
