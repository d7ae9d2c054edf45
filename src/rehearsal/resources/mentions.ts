import {record} from './values.js'

/** Whether any text inside a value is `id`. */
export function mentions(value: unknown, id: string): boolean {
  if (typeof value === 'string') return value === id
  if (Array.isArray(value)) return value.some(item => mentions(item, id))
  return Object.values(record(value)).some(item => mentions(item, id))
}
