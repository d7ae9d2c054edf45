/** Tags as they are kept, from tags as the API has them. */
export function tagsOf(tags: readonly {Key?: string; Value?: string}[]): Record<string, string> {
  return Object.fromEntries(tags.map(({Key, Value}) => [Key ?? '', Value ?? '']))
}

/** Attributes of a load balancer or target group after a change of some. */
export function mergedAttributes(
  before: unknown,
  changes: readonly {Key?: string; Value?: string}[],
): {Key?: string; Value?: string}[] {
  const kept = (Array.isArray(before) ? before : []) as {Key?: string; Value?: string}[]
  return [...kept.filter(({Key}) => !changes.some(change => change.Key === Key)), ...changes]
}
