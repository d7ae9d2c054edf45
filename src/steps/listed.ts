/** More would fill the screen. */
const mostNames = 3

/** `ada, grace`, or `ada, grace, linus and 27 others`. */
export function listed(names: readonly string[]): string {
  const others = names.length - mostNames
  // A single other one is no longer than the words for it.
  if (others <= 1) return names.join(', ')
  return `${names.slice(0, mostNames).join(', ')} and ${others} others`
}
