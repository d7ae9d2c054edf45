import {member} from '../../template/value.js'
import type {TerraformResource} from '../plan/resource.js'
import {pointer, terraformAspects, terraformIdentities} from './aspects.js'
import {TextFinder} from './text-finder.js'

/** Attributes that name a resource where nothing else is known of it. Names are chosen, and others may have them too. */
const names: readonly string[] = [
  ...['name', 'family', 'identifier', 'cluster_identifier', 'bucket', 'resource_id', 'domain_name', 'id'],
]

/**
 * What the resources of a plan are called in the values of others. An id or ARN that AWS made is told from any other text,
 * and means its resource wherever it stands; a name (`keycloak`) may be the name of many things, and means a resource only
 * where the other side points at that very resource.
 */
export class Identities {
  readonly #made = new Map<string, Set<string>>()
  readonly #names = new Map<string, Set<string>>()
  readonly #finder: TextFinder
  /** Two of the same fingerprint resolve every text alike. */
  readonly fingerprint: string

  /** @param placeOf where a resource is in the templates, `network.Vpc`; its address where it is nowhere */
  constructor(resources: readonly TerraformResource[], placeOf: (resource: TerraformResource) => string) {
    for (const resource of resources) this.#add(resource, placeOf(resource))
    this.#finder = new TextFinder(this.#made.keys())
    const entries = [...this.#made, ...this.#names].flatMap(([text, pointers]) => [text, ...pointers, ''])
    this.fingerprint = entries.join('\n')
  }

  /**
   * A text with what points at a resource written as `<network.Vpc>`.
   * @param hints what the other side points at in the same place, in order
   */
  resolve(text: string, hints: readonly string[]): string {
    // What looks like one of our pointers in a plan is none.
    const plain = text.replaceAll(/<(?=[a-z_]+\.)/g, '\\<')
    const resolved = this.#finder.replace(plain, found => chosen(this.#made.get(found) ?? new Set(), hints))
    return this.#resolveNames(resolved, hints)
  }

  /** Each hint takes one name, so that `service/keycloak/keycloak` may be a cluster and a service. */
  #resolveNames(text: string, hints: readonly string[]): string {
    return hints.reduce<{text: string; from: number}>(
      ({text, from}, hint) => {
        const place = this.#nameIn(text, hint, from)
        if (place === undefined) return {text, from}
        const before = text.slice(0, place.at)
        return {
          text: `${before}${hint}${text.slice(place.at + place.length)}`,
          from: before.length + hint.length,
        }
      },
      {text, from: 0},
    ).text
  }

  #nameIn(text: string, hint: string, from: number): {at: number; length: number} | undefined {
    if (text.includes(hint)) return undefined
    for (const name of this.#names.get(hint) ?? []) {
      const at = indexOfName(text, name, from)
      if (at >= 0) return {at, length: name.length}
    }
    return undefined
  }

  #add({type, values}: TerraformResource, place: string): void {
    const called = [...names.flatMap(name => texts(values[name])), ...texts(values.arn).flatMap(nameInArn)]
    const identity = pointer(place, null)
    const made = ['id', 'arn', ...(member(terraformIdentities, type) ?? [])]
    for (const text of made.flatMap(name => texts(values[name]))) {
      const isName = !text.startsWith('arn:') && names.some(name => name !== 'id' && values[name] === text)
      if (!isName) add(this.#made, text, identity)
    }
    for (const aspect of member(terraformAspects, type) ?? []) {
      for (const text of texts(values[aspect])) add(this.#made, text, pointer(place, aspect))
    }
    for (const text of called) add(this.#names, identity, text)
  }
}

/** `arn:aws:ecs:us-east-1:123456789012:cluster/demo` ends in a name. */
function nameInArn(arn: string): string[] {
  const name = arn.split('/').at(-1)
  return name === undefined || name === arn ? [] : [name]
}

function texts(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? [value] : []
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, new Set([value]))
  else values.add(value)
}

/** Of several resources of one id, the one that the other side points at. */
function chosen(candidates: ReadonlySet<string>, hints: readonly string[]): string {
  const [first = ''] = candidates
  return hints.find(hint => candidates.has(hint)) ?? first
}

/** A name is a whole text, or a part of one between slashes and colons. */
function indexOfName(text: string, name: string, from: number): number {
  for (let at = text.indexOf(name, from); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before = '/', after = '/'] = [text[at - 1], text[at + name.length]]
    if ('/:'.includes(before) && '/:'.includes(after)) return at
  }
  return -1
}
