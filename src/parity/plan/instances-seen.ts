import {
  AddressError,
  formatAddress,
  formatModule,
  type InstanceKey,
  type ModuleStep,
  parseAddress,
} from './address.js'

/** Numbers that are looked at for gaps; a document that somebody made up may name any. */
const mostInstances = 10_000

/** The instances of resources and modules that addresses of a plan name. */
export class InstancesSeen {
  readonly #resources = new Set<string>()
  /** What has instances with keys. */
  readonly #repeated = new Set<string>()
  /** Numbers of instances, by what they are instances of. */
  readonly #numbers = new Map<string, Set<number>>()
  /** Steps into child modules by name and key, by the module that they are in; empty text for the root. */
  readonly #steps = new Map<string, Map<string, Map<InstanceKey, ModuleStep>>>()

  constructor(addresses: Iterable<string>) {
    for (const address of addresses) this.#see(address)
  }

  #see(text: string): void {
    const address = parsed(text)
    if (address === undefined) return
    const {modules, key} = address
    this.#resources.add(formatAddress(address))
    for (const [index, step] of modules.entries()) {
      const steps = among(this.#steps, formatModule(modules.slice(0, index)), () => new Map())
      among(steps, step.name, () => new Map<InstanceKey, ModuleStep>()).set(step.key, step)
    }
    if (key === null) return
    const of = formatAddress({...address, key: null})
    this.#repeated.add(of)
    if (typeof key === 'number') among(this.#numbers, of, () => new Set<number>()).add(key)
  }

  hasResource(address: string): boolean {
    return this.#resources.has(address)
  }

  /** @param address without a key */
  isRepeated(address: string): boolean {
    return this.#repeated.has(address)
  }

  /** Instances of a module that something is in; undefined where there is none. */
  modulesIn(parent: string, name: string): readonly ModuleStep[] | undefined {
    const steps = this.#steps.get(parent)?.get(name)
    return steps && [...steps.values()]
  }

  /** Addresses of the numbers that lie below others: `count` begins with 0 and leaves none out. */
  *gaps(): Generator<string> {
    for (const [of, numbers] of this.#numbers) {
      let seen = 0
      for (let number = 0; seen < numbers.size && number < mostInstances; number += 1) {
        if (numbers.has(number)) seen += 1
        else yield `${of}[${number}]`
      }
    }
  }
}

/** What is there under a key, made where there is nothing. */
function among<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

function parsed(text: string): ReturnType<typeof parseAddress> | undefined {
  try {
    return parseAddress(text)
  } catch (error) {
    if (error instanceof AddressError) return undefined
    throw error
  }
}
