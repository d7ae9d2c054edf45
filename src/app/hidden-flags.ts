/** Flags that a command takes without speaking of them. */
export function hidden<T extends Record<string, object>>(flags: T): T {
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, {...flag, hidden: true}])) as T
}
