import {createHash} from 'node:crypto'
import {isList, isMap, type Value} from '../value.js'
import type {Located, Offsets, Prepared} from './located.js'
import {preparedYaml} from './prepared.js'

type MemberOffsets = readonly (number | null)[]

/** Writes what was read as text that is read back many times as fast as YAML. */
export function prepare({value, offsets, duplicates}: Located): Prepared {
  const members: MemberOffsets[] = []
  forEachContainer(value, (container, steps) =>
    members.push(steps.map(step => offsets.get(container)?.[step] ?? null)),
  )
  return {value: JSON.stringify(value), offsets: JSON.stringify(members), duplicates}
}

/** What `prepare` wrote. Where its parts are is only found out when somebody asks. */
export function unprepare({value: text, offsets: members, duplicates}: Prepared): Located {
  const value: Value = JSON.parse(text)
  let offsets: Offsets | undefined
  const get = (container: object) => {
    offsets ??= offsetsOf(value, JSON.parse(members))
    return offsets.get(container)
  }
  return {value, offsets: {get}, duplicates, isPrepared: true}
}

function offsetsOf(value: Value, members: readonly MemberOffsets[]): Offsets {
  const all = new WeakMap<object, Record<string, number>>()
  let at = 0
  forEachContainer(value, (container, steps) => {
    const offsets: Record<string, number> = Object.create(null)
    for (const [index, offset] of (members[at] ?? []).entries())
      if (offset !== null) offsets[steps[index] ?? ''] = offset
    all.set(container, offsets)
    at += 1
  })
  return all
}

/** Every list and map with the names of its members, outer before inner, in the order of the text. */
function forEachContainer(value: Value, look: (container: object, steps: readonly string[]) => void): void {
  if (!isList(value) && !isMap(value)) return
  look(value, Object.keys(value))
  for (const member of Object.values(value) as Value[]) forEachContainer(member, look)
}

/** What the text says, if it was read when the program was built. */
export function preparedReading(text: string): Located | undefined {
  const prepared = preparedYaml[digestOf(text)]
  return prepared === undefined ? undefined : unprepare(prepared)
}

/** The name under which a text is kept. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
