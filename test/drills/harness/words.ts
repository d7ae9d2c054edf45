/** Takes a command line apart as a shell does, as far as what mcpgw prints goes: plain words, single and double quotes. */
export function wordsOf(line: string): string[] {
  const words: string[] = []
  for (const [word] of line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) {
    words.push(word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double))
  }
  return words
}
