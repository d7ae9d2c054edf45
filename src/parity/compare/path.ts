import {isObject, type Json} from '../json.js'

/** A step into a value: a member or an index, every element of a list, or the value of a key in a list of pairs. */
export type Step =
  | {readonly kind: 'member'; readonly name: string}
  | {readonly kind: 'each'}
  | {readonly kind: 'valueOf'; readonly key: string}

export type Path = readonly Step[]

const known = new Map<string, Path>()

/** Reads `health_check.0.matcher`, `volume.*.name`, or `Attributes[idle_timeout.seconds]`; `''` is the value itself. */
export function parsePath(text: string): Path {
  const path = known.get(text) ?? [...text.matchAll(step)].map(stepOf)
  known.set(text, path)
  return path
}

const step = /\[([^\]]*)\]|([^.[\]]+)/g

function stepOf([, key, name]: RegExpMatchArray): Step {
  if (key !== undefined) return {kind: 'valueOf', key}
  return name === '*' ? {kind: 'each'} : {kind: 'member', name: name ?? ''}
}

/** One step on; `undefined` where there is nothing, and for `*`, which is no single value. */
export function follow(value: Json | undefined, step: Step): Json | undefined {
  if (step.kind === 'member') return memberOf(value, step.name)
  if (step.kind === 'valueOf' && Array.isArray(value)) {
    return pairValue(value.find(element => pairKey(element) === step.key))
  }
  return undefined
}

export function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(name)]
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** What `{Key, Value}`, `{Name, Value}`, and `{name, value}` are called by. */
export function pairKey(pair: Json | undefined): string | undefined {
  for (const name of ['Key', 'Name', 'key', 'name']) {
    const key = memberOf(pair, name)
    if (typeof key === 'string') return key
  }
  return undefined
}

export function pairValue(pair: Json | undefined): Json | undefined {
  return memberOf(pair, 'Value') ?? memberOf(pair, 'value')
}

/** What says nothing: Terraform writes null, an empty text, list, or map where nothing is configured. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.every(isEmpty)
  return isObject(value) && Object.values(value).every(isEmpty)
}
