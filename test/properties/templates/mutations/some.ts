/** Its multiples spread evenly over what comes after the point, in whatever steps they are taken. */
const goldenRatio = 0.618_033_988_749_895

/**
 * About as many as `count` of many defects that are alike, of every kind among them: each costs some milliseconds.
 * With `PROPERTY_MUTATIONS=all` they are planted one and all.
 */
export function some<T>(alike: readonly T[], count: number): readonly T[] {
  if (process.env.PROPERTY_MUTATIONS === 'all') return alike
  return alike.filter((_, index) => (index * goldenRatio) % 1 < count / alike.length)
}
