import {createHash} from 'node:crypto'
import {isList, isMap, setMember, type Value} from '../value.js'
import {type Located, Recorder} from './located.js'
import {preparedYaml} from './prepared.js'

/**
 * A value with the offsets of its parts: a scalar as it is, a list as `[0, offset, item, …]`, a map as
 * `[1, key, offset, value, …]`. What a short form stands for has parts without an offset: null.
 */
type Prepared = string | number | boolean | null | readonly Prepared[]

/** What was read, as text that is read back many times as fast as YAML. */
export function prepare({value, offsets, duplicates}: Located): string {
  const encode = (part: Value): Prepared => {
    if (!isList(part) && !isMap(part)) return part
    const offsetOf = (step: string | number) => offsets.get(part)?.[step] ?? null
    if (isList(part)) return [0, ...part.flatMap((item, index) => [offsetOf(index), encode(item)])]
    return [1, ...Object.entries(part).flatMap(([key, item]) => [key, offsetOf(key), encode(item)])]
  }
  return JSON.stringify([encode(value), duplicates])
}

/** What `prepare` wrote. */
export function unprepare(text: string): Located {
  const [root, duplicates] = JSON.parse(text) as [Prepared, Located['duplicates']]
  const recorder = new Recorder()
  const decode = (part: Prepared): Value => {
    if (typeof part !== 'object' || part === null) return part
    if (part[0] === 0) {
      const list = recorder.list()
      for (let at = 1; at < part.length; at += 2) {
        const item = decode(part[at + 1] as Prepared)
        if (part[at] === null) list.push(item)
        else recorder.push(list, part[at] as number, item)
      }
      return list
    }
    const map = recorder.map()
    for (let at = 1; at < part.length; at += 3) {
      const key = part[at] as string
      const item = decode(part[at + 2] as Prepared)
      if (part[at + 1] === null) setMember(map, key, item)
      else recorder.put(map, key, part[at + 1] as number, item)
    }
    return map
  }
  return {...recorder.located(decode(root)), duplicates}
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
