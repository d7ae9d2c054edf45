/**
 * Text in lines of at most `width` characters, broken between words. With `whole`, what is in back-quotes is not
 * broken, because people copy it: where it is longer, the terminal folds it.
 */
export function wrap(text: string, {width, whole}: {width: number; whole: boolean}): string[] {
  const words = text.match(whole ? /[^\s`]*`[^`]*`[^\s`]*|\S+/g : /\S+/g) ?? []
  const lines: string[] = []
  for (const word of words) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines
}
