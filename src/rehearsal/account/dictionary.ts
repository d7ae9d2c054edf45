/**
 * A record whose names clients choose: bucket names, object keys. It holds what was put into it and nothing else, where
 * an object literal also answers to `constructor`, and loses `__proto__`.
 */
export function dictionary<T>(entries: Readonly<Record<string, T>> = {}): Record<string, T> {
  return Object.setPrototypeOf({...entries}, null)
}
