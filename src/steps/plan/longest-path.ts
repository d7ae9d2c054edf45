/** Something that takes time and begins as soon as everything that it needs has ended. */
export interface Link {
  readonly key: string
  readonly seconds: number
  /** Keys of other links. */
  readonly needs: readonly string[]
}

/** When a link begins and ends, in seconds from the first beginning. */
export interface Span {
  readonly begin: number
  readonly end: number
  /** The link whose end it waits for; undefined at the start of a path. */
  readonly after: string | undefined
}

/**
 * When each link begins and ends.
 * @throws Error when links wait for each other in a circle or for one that is not there
 */
export function spansOf(links: readonly Link[]): ReadonlyMap<string, Span> {
  const byKey = new Map(links.map(link => [link.key, link]))
  const spans = new Map<string, Span>()
  const open = new Set<string>()
  for (const {key} of links) visit(key)
  return spans

  function visit(key: string): Span {
    const known = spans.get(key)
    if (known !== undefined) return known
    const link = byKey.get(key)
    if (link === undefined) throw new Error(`Nothing is called ${key}.`)
    if (open.has(key)) throw new Error(`${key} waits for itself.`)
    open.add(key)
    let begin = 0
    let after: string | undefined
    for (const need of link.needs) {
      const {end} = visit(need)
      if (after !== undefined && end <= begin) continue
      begin = end
      after = need
    }
    open.delete(key)
    const span = {begin, end: begin + link.seconds, after}
    spans.set(key, span)
    return span
  }
}

/** The chain of links that decides when `last` ends, in order. Each begins when the one before it ends. */
export function pathTo(spans: ReadonlyMap<string, Span>, last: string): string[] {
  const path: string[] = []
  for (let key: string | undefined = last; key !== undefined; key = spans.get(key)?.after) path.unshift(key)
  return path
}

/** From the beginning of each link until the end of everything that waits for it, itself included, in seconds. */
export function secondsToEnd(links: readonly Link[]): ReadonlyMap<string, number> {
  const neededBy = new Map<string, string[]>(links.map(({key}) => [key, []]))
  for (const {key, needs} of links) for (const need of needs) neededBy.get(need)?.push(key)
  const reversed = links.map(({key, seconds}) => ({key, seconds, needs: neededBy.get(key) ?? []}))
  return new Map(Array.from(spansOf(reversed), ([key, {end}]) => [key, end]))
}
