import {isObject, type Json, type JsonObject} from '../json.js'
import {isGiven} from '../mapping/index.js'
import {type Address, type AddressPattern, matches} from '../plan/address.js'
import {scalars} from './scalars.js'
import type {AttributeVerdict} from './verdict.js'

/** A difference that is meant to be, and why. */
export interface Accepted {
  /** What it is a difference of: addresses of the plan, or `network.Vpc`, in which `*` is any text. */
  readonly resources: readonly (AddressPattern | RegExp)[]
  /** As the file writes them, for messages. */
  readonly names: readonly string[]
  /** Of the plan; null for what has none. */
  readonly attribute: string | null
  /** Of the templates; undefined for any, null (with no attribute) for a resource that they do not have. */
  readonly property: string | null | undefined
  /** The values that are accepted: null for none at all, undefined for any. */
  readonly terraform: Json | undefined
  readonly here: Json | undefined
  /** Null for what is accepted of every plan. */
  readonly when: When | null
  /** It depends on the plan's values whether there is such a difference, so that its absence says nothing. */
  readonly isSometimes: boolean
  readonly reason: string
  readonly line: number
}

/** A variable of the plan that must be given (not empty, not false) or, with a value, must have it. */
export interface When {
  readonly variable: string
  readonly value: Json | undefined
}

/** Resources that only the templates have, and why. */
export interface OnlyHereAccepted {
  readonly resource: RegExp
  readonly name: string
  readonly reason: string
  readonly line: number
}

export interface AcceptedDifferences {
  readonly differences: readonly Accepted[]
  readonly onlyHere: readonly OnlyHereAccepted[]
}

/** What a difference is of. */
export interface Subject {
  /** Undefined for a resource that only the templates have. */
  readonly address: Address | undefined
  /** `network.Vpc`; undefined for what is nowhere in the templates. */
  readonly place: string | undefined
}

/**
 * What entries may write for what another plan calls differently: `{name}`, `{environment}`, `{region}`, `{VpcCidr}`. Besides,
 * `{any}` is any text, and alone any value.
 */
export type Words = Readonly<Record<string, string>>

export function isAbout({resources}: Accepted, {address, place}: Subject): boolean {
  return resources.some(resource => {
    if (resource instanceof RegExp) return place !== undefined && resource.test(place)
    return address !== undefined && matches(resource, address)
  })
}

/** Whether an entry that is about the resource accepts this difference of it. */
export function accepts(entry: Accepted, difference: AttributeVerdict, words: Words): boolean {
  return (
    isAt(entry, difference) &&
    isValue(entry.terraform, difference.terraform, words) &&
    isValue(entry.here, difference.here, words)
  )
}

/** Whether an entry accepts whatever a value that is not known yet will be. */
export function acceptsAny(entry: Accepted, unknown: AttributeVerdict, words: Words): boolean {
  const isAny = entry.terraform === undefined || entry.terraform === '{any}'
  return isAny && isAt(entry, unknown) && isValue(entry.here, unknown.here, words)
}

/** Whether an entry is about this place, whatever the values are. */
export function isAt({attribute, property}: Accepted, difference: AttributeVerdict): boolean {
  return (
    isPath(attribute, difference.attribute) &&
    (property === undefined || isPath(property, difference.property))
  )
}

function isPath(pattern: string | null, path: string | null): boolean {
  if (pattern === null || path === null) return pattern === path
  return pattern === path || (pattern.includes('*') && starred(pattern).test(path))
}

const known = new Map<string, RegExp>()

/** `*` is any text without a dot. */
function starred(pattern: string): RegExp {
  const expression =
    known.get(pattern) ??
    new RegExp(`^${pattern.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '[^.]*')}$`)
  known.set(pattern, expression)
  return expression
}

function isValue(wanted: Json | undefined, value: Json | undefined, words: Words): boolean {
  return wanted === undefined || isLike(wanted, value === undefined ? null : scalars(value), words)
}

/** Member by member, so that what may be any can be a part of a value. */
function isLike(wanted: Json, is: Json | undefined, words: Words): boolean {
  if (wanted === '{any}') return is !== null && is !== undefined
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(is) &&
      wanted.length === is.length &&
      wanted.every((element, at) => isLike(element, is[at], words))
    )
  }
  if (isObject(wanted)) {
    return (
      isObject(is) &&
      Object.keys(is).length === Object.keys(wanted).length &&
      Object.entries(wanted).every(([name, member]) => isLike(member, is[name], words))
    )
  }
  if (wanted === null) return is === null
  return typeof is === 'string' && isText(String(wanted), is, words)
}

function isText(wanted: string, text: string, words: Words): boolean {
  const [first = '', ...others] = wanted.split('{any}').map(piece => filled(piece, words))
  if (others.length === 0) return text === first
  const last = others.pop() ?? ''
  let at = first.length
  for (const piece of others) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.startsWith(first) && text.endsWith(last) && text.length - last.length >= at
}

function filled(text: string, words: Words): string {
  return text.replace(/\{(\w+)\}/g, (all, word) => words[word] ?? all)
}

/** Whether an entry counts for a plan with these variables. */
export function holds({when}: Pick<Accepted, 'when'>, variables: JsonObject): boolean {
  if (when === null) return true
  const value = variables[when.variable]
  return when.value === undefined ? isGiven(value) : String(value) === String(when.value)
}
