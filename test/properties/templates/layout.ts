/** A section of a template as it is written, such as `Parameters`. */
export interface WrittenSection {
  readonly name: string
  /** Empty lines before it. */
  readonly gap: number
  readonly members: readonly WrittenMember[]
  readonly comments: readonly WrittenComment[]
}

/** A member of a section, such as one parameter. */
export interface WrittenMember {
  readonly name: string
  /** The comment that is right above it. */
  readonly comment: WrittenComment | undefined
  /** Empty lines before it, and before its comment. */
  readonly gap: number
  /** Whether nothing is before it in its section. */
  readonly isFirst: boolean
  /** The heading that it is under. */
  readonly heading: WrittenComment | undefined
  /** Its own keys, in their order; none where it is written on one line. */
  readonly keys: readonly string[]
}

/** Lines of comment without an empty one between them, two columns in as the members are. */
export interface WrittenComment {
  readonly lines: readonly string[]
  readonly gap: number
  readonly isFirst: boolean
  /** Empty lines behind it; none before the member that it is about. */
  readonly gapBehind: number
}

/** Whether a line of comment draws something, around a title or alone: a heading in whatever style. */
export function looksLikeHeading(line: string): boolean {
  return /^\s*#(#|.*([-=*~_#])\2\2)/.test(line)
}

/**
 * Reads what YAML does not keep: comments, empty lines, the order of keys. By lines alone, because in a section whatever
 * is two columns in is a member or a comment between members; code that a template carries is deeper.
 */
export function layoutOf(text: string): WrittenSection[] {
  const lines = text.split('\n')
  const starts = lines.flatMap((line, index) => (/^\w+:/.test(line) ? [index] : []))
  return starts.map((start, index) => {
    const [name = ''] = (lines[start] ?? '').split(':')
    const end = starts[index + 1] ?? lines.length
    return {name, gap: gapBefore(lines, start), ...read(lines.slice(start + 1, end))}
  })
}

/** Empty lines before a section; a comment right above it is part of it. */
function gapBefore(lines: readonly string[], start: number): number {
  const above = lines.slice(0, start).reverse()
  const begin = above.findIndex(line => !line.startsWith('#'))
  const gap = above.slice(begin).findIndex(line => line !== '')
  return begin === -1 || gap === -1 ? 0 : gap
}

function read(lines: readonly string[]): Pick<WrittenSection, 'members' | 'comments'> {
  const members: WrittenMember[] = []
  const comments: WrittenComment[] = []
  let heading: WrittenComment | undefined
  let above: WrittenComment | undefined
  let gap = 0
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const isFirst = members.length + comments.length === 0
    if (line === '') gap += 1
    else if (line.startsWith('  #')) {
      const own = run(lines, at, /^ {2}#/)
      at += own.length - 1
      const comment = {lines: own.map(text => text.trim()), gap, isFirst, gapBehind: emptyFrom(lines, at + 1)}
      comments.push(comment)
      if (looksLikeHeading(own[0] ?? '')) heading = comment
      above = comment.gapBehind === 0 ? comment : undefined
      gap = 0
    } else if (/^ {2}\S/.test(line)) {
      const [name = ''] = line.trim().split(/:(?: |$)/)
      const own = run(lines, at + 1, /^ {3}|^$/)
      const keys = own.flatMap(text => /^ {4}(\w+):/.exec(text)?.[1] ?? [])
      members.push({
        name,
        comment: above,
        gap: above?.gap ?? gap,
        isFirst: above?.isFirst ?? isFirst,
        heading,
        keys,
      })
      at += own.findLastIndex(text => text !== '') + 1
      above = undefined
      gap = 0
    }
  }
  return {members, comments}
}

function run(lines: readonly string[], from: number, pattern: RegExp): string[] {
  const rest = lines.slice(from)
  const length = rest.findIndex(line => !pattern.test(line))
  return length === -1 ? rest : rest.slice(0, length)
}

function emptyFrom(lines: readonly string[], from: number): number {
  return run(lines, from, /^$/).length
}
