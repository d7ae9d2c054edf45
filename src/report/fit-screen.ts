/** A step on the screen: its title, and the lines under it. */
export interface Block {
  readonly title: string
  readonly lines: readonly string[]
}

/** Lines of the screen as blocks: what is indented belongs to the title above it. */
export function blocksOf(lines: readonly string[]): Block[] {
  const blocks: {title: string; lines: string[]}[] = []
  for (const line of lines) {
    const last = blocks.at(-1)
    if (line.startsWith(' ') && last !== undefined) last.lines.push(line)
    else blocks.push({title: line, lines: []})
  }
  return blocks
}

/**
 * The lines of the screen, at most `height`: what scrolls out of the terminal cannot be drawn over, and would show
 * again for every drawing. First the notes of ended steps go, oldest first, then those steps become one line,
 * then the steps to come go, last what runs is cut.
 *
 * @param options.running the index of the running step; those before it have ended
 */
export function fitScreen(
  blocks: readonly Block[],
  options: {running: number; height: number; collapsed(steps: number): string},
): string[] {
  const {running, height, collapsed} = options
  const ended = blocks.slice(0, running).map(block => ({...block}))
  const current = blocks.slice(running, running + 1).flatMap(linesOf)
  const coming = blocks.slice(running + 1).map(({title}) => title)
  const excess = () => ended.flatMap(linesOf).length + current.length + coming.length - height
  for (const block of ended) if (excess() > 0) block.lines = []
  if (excess() > 0 && ended.length > 1) {
    const steps = Math.min(ended.length, excess() + 1)
    ended.splice(0, steps, {title: collapsed(steps), lines: []})
  }
  if (excess() > 0) coming.splice(Math.max(0, coming.length - excess()))
  return [...ended.flatMap(linesOf), ...current, ...coming].slice(0, Math.max(1, height))
}

function linesOf({title, lines}: Block): string[] {
  return [title, ...lines]
}
