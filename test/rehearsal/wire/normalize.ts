/** Brings values from both ends of the wire into one form before they are compared. */
import {isShape} from '../../../src/rehearsal/wire/schema.js'

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 'bytes:') return true
  if (Array.isArray(value)) return value.length === 0
  return (
    isShape(value) && Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0
  )
}

function normalizeAll(value: unknown, dropEmpty: boolean): unknown {
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString('hex')}`
  if (value instanceof Date) return `date:${value.toISOString()}`
  if (typeof value === 'bigint') return `bigint:${value}`
  if (Array.isArray(value)) {
    const items = value.map(item => normalizeAll(item, dropEmpty))
    return dropEmpty ? items.filter(item => !isNothing(item)) : items
  }
  if (!isShape(value)) return typeof value === 'object' && value !== null ? String(value) : value
  const entries = Object.entries(value)
    .filter(([name]) => name !== '$metadata')
    .map(([name, item]) => [name, normalizeAll(item, dropEmpty)] as const)
    .filter(([, item]) => item !== undefined && !(dropEmpty && isNothing(item)))
  return Object.fromEntries(entries)
}

/**
 * Bytes, dates and big integers become text. With `dropEmpty`, empty strings, lists, maps and structures
 * count as absent: the Query protocols have no empty structure and flattened XML lists no empty list.
 */
export const normalize = (value: unknown, dropEmpty: boolean): unknown => normalizeAll(value, dropEmpty)
