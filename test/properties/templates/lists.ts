/** What occurs more than once, without its first occurrence. */
export function doubles(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index)
}
