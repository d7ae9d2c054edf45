import {member} from '../../template/value.js'
import type {Address} from '../plan/address.js'
import type {TerraformResource} from '../plan/resource.js'
import {pointer, terraformAspects} from './aspects.js'

/** What an attribute points at by what the configuration says of it. */
export interface Candidates {
  /** `<network.Vpc>`, each once. */
  readonly pointers: readonly string[]
  /** Whether the value can come from nowhere else, such as a local value or a data source. */
  readonly isComplete: boolean
}

/** Finds what attributes refer to, for those whose value is known after an apply only. */
export class Configured {
  readonly #byName = new Map<string, {readonly key: Address['key']; readonly place: string}[]>()

  constructor(resources: readonly TerraformResource[], placeOf: (resource: TerraformResource) => string) {
    for (const resource of resources) {
      const name = nameOf(resource.parsed)
      const instance = {key: resource.parsed.key, place: placeOf(resource)}
      const instances = this.#byName.get(name)
      if (instances === undefined) this.#byName.set(name, [instance])
      else instances.push(instance)
    }
  }

  /** `undefined` where the configuration does not say. */
  of({references}: TerraformResource, attribute: readonly string[]): Candidates | undefined {
    const all = referencesAt(references, attribute)
    if (all === undefined) return undefined
    const own = all.filter(reference => !all.some(other => isInside(other, reference)))
    const found = own.map(reference => this.#pointers(reference))
    return {
      pointers: [...new Set(found.flatMap(pointers => pointers ?? []))],
      isComplete: found.every(pointers => pointers !== undefined),
    }
  }

  /** Whether the configuration takes the value from data sources, and from nothing else. */
  isReadFromData({references}: TerraformResource, attribute: readonly string[]): boolean {
    const all = referencesAt(references, attribute)
    return all?.every(reference => /^(?:module\.[\w-]+\.)*data\./.test(reference)) === true
  }

  #pointers(reference: string): string[] | undefined {
    const found = reading.exec(reference)
    if (found === null) return undefined
    const [, modules = '', type = '', name, key, attribute = ''] = found
    const instances = this.#byName.get(`${modules}${type}.${name}`)
    if (instances === undefined) return undefined
    const aspect = member(terraformAspects, type)?.includes(attribute) === true ? attribute : null
    return instances
      .filter(one => key === undefined || keyText(one.key) === key)
      .map(({place}) => pointer(place, aspect))
  }
}

/** Modules without their keys, type, name, key, attribute. */
const reading =
  /^((?:module\.[\w-]+\.)*)(?!module\.|data\.|local\.|each\.)([\w-]+)\.([\w-]+)(?:\[([^\]]*)\])?(?:\.(\w+))?/

function nameOf({modules, type, name}: Address): string {
  return [...modules.flatMap(module => ['module', module.name]), type, name].join('.')
}

function keyText(key: Address['key']): string {
  return typeof key === 'string' ? JSON.stringify(key) : String(key)
}

/** Of the attribute or, where it is an element of a list, of the list. */
function referencesAt(
  references: TerraformResource['references'],
  attribute: readonly string[],
): readonly string[] | undefined {
  const path = attribute.join('.')
  return (
    references[path] ??
    (/\.(?:\d+|\*)$/.test(path) ? referencesAt(references, attribute.slice(0, -1)) : undefined)
  )
}

/** Terraform lists `a.b[0].id`, `a.b[0]`, and `a.b` for one reference. */
function isInside(reference: string, other: string): boolean {
  return (
    reference.length > other.length &&
    reference.startsWith(other) &&
    /^[.[]/.test(reference.slice(other.length))
  )
}
