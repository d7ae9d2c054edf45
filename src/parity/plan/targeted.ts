import type {JsonObject} from '../json.js'
import {AddressError, formatModule, type ModuleStep, parseAddress} from './address.js'
import type {ManagedChange} from './changes.js'
import {type ConfiguredModule, repetitionOf} from './configuration.js'
import {objectAt, objectsAt, own} from './members.js'

/**
 * What a whole plan of this configuration would hold, and this one lacks. Neither `-target` nor `-exclude` leave a mark
 * in the document; what they leave out is found by what is certain without knowing values, because `count` of a resource
 * may be 0 for reasons that the document does not tell:
 * - a resource without `count` and `for_each`, or with a constant number, in a module that is there. What is repeated over
 *   constants by a function, `for_each = toset(["a"])`, looks as if it was not repeated: it has instances, and they count
 * - a resource with `count` whose instances have a gap in their numbers
 * - a resource of the state before, which a plan always names, even where nothing changes
 * - an output of the root module, which is planned with everything that it depends on
 *
 * A resource that OpenTofu's `enabled` turns off is taken for one that was left out: the document tells them no more apart
 * (findings/opentofu-plan-json-hides-repetition.sh).
 *
 * @returns addresses, and outputs as `output.NAME`
 */
export function lackingIn(
  document: JsonObject,
  configuration: ConfiguredModule,
  changes: readonly ManagedChange[],
): string[] {
  const there = new Set(
    changes.flatMap(({address, previousAddress}) => [address, previousAddress ?? address]),
  )
  const declared = new Expected(configuration, there)
  const lacking = [...declared.lacking(), ...heldBefore(document).filter(address => !there.has(address))]
  return [...new Set([...lacking, ...outputsLacking(document)])]
}

/** Walks over the configuration with the instances of modules that the plan shows. */
class Expected {
  readonly #root: ConfiguredModule
  readonly #there: ReadonlySet<string>
  /** Steps into child modules, by the module that they are in; empty text for the root. */
  readonly #steps = new Map<string, Map<string, ModuleStep[]>>()
  /** Numbers of instances, by what they are instances of. */
  readonly #numbers = new Map<string, number[]>()
  /** What has instances with keys. */
  readonly #repeated = new Set<string>()

  constructor(root: ConfiguredModule, there: ReadonlySet<string>) {
    this.#root = root
    this.#there = there
    for (const address of there) this.#see(address)
  }

  #see(text: string): void {
    const address = parsed(text)
    if (address === undefined) return
    const {modules, type, name, key} = address
    for (const [index, step] of modules.entries()) this.#seeStep(formatModule(modules.slice(0, index)), step)
    if (key === null) return
    const of = inModule(formatModule(modules), `${type}.${name}`)
    this.#repeated.add(of)
    if (typeof key !== 'number') return
    const numbers = this.#numbers.get(of)
    if (numbers === undefined) this.#numbers.set(of, [key])
    else numbers.push(key)
  }

  #seeStep(parent: string, step: ModuleStep): void {
    const steps = this.#steps.get(parent) ?? new Map<string, ModuleStep[]>()
    const known = steps.get(step.name) ?? []
    if (!known.some(({key}) => key === step.key)) known.push(step)
    this.#steps.set(parent, steps.set(step.name, known))
  }

  *lacking(): Generator<string> {
    yield* this.#inModule(this.#root, [])
    for (const [of, numbers] of this.#numbers) {
      const known = new Set(numbers)
      for (let number = Math.max(...numbers) - 1; number >= 0; number -= 1)
        if (!known.has(number)) yield `${of}[${number}]`
    }
  }

  *#inModule(module: ConfiguredModule, steps: readonly ModuleStep[]): Generator<string> {
    const place = formatModule(steps)
    for (const resource of module.resources) {
      if (resource.mode !== 'managed') continue
      const address = inModule(place, `${resource.type}.${resource.name}`)
      for (const key of constantKeys(resource)) {
        const isThere = this.#there.has(address + key) || (key === '' && this.#repeated.has(address))
        if (!isThere) yield address + key
      }
    }
    for (const [name, child] of module.children) {
      for (const step of this.#instances(child, name, place)) yield* this.#inModule(child, [...steps, step])
    }
  }

  /** Those that something of the plan is in; of a call that is not repeated there is always one. */
  #instances({caller}: ConfiguredModule, name: string, parent: string): readonly ModuleStep[] {
    const seen = this.#steps.get(parent)?.get(name)
    if (seen !== undefined) return seen
    return caller !== undefined && repetitionOf(caller.call) === undefined ? [{name, key: null}] : []
  }
}

/** The keys that a resource certainly has, in their brackets. */
function constantKeys(resource: JsonObject): string[] {
  const repetition = repetitionOf(resource)
  if (repetition === undefined) return ['']
  const constant = own(repetition, 'constant_value')
  const isCount = own(resource, 'count_expression') !== undefined
  if (!isCount || typeof constant !== 'number' || constant > mostInstances) return []
  return Array.from({length: Math.max(0, constant)}, (_, number) => `[${number}]`)
}

/** A document that somebody made up may say any number. */
const mostInstances = 10_000

/** Managed resources of the state that the plan was made from. */
function heldBefore(document: JsonObject): string[] {
  const values = objectAt(objectAt(document, 'prior_state', ''), 'values', 'prior_state')
  return addressesIn(objectAt(values, 'root_module', 'prior_state.values'))
}

function addressesIn(module: JsonObject): string[] {
  const own = objectsAt(module, 'resources', 'prior_state…').flatMap(({mode, address, deposed_key}) =>
    mode === 'managed' && typeof address === 'string' && deposed_key === undefined ? [address] : [],
  )
  return [...own, ...objectsAt(module, 'child_modules', 'prior_state…').flatMap(addressesIn)]
}

function outputsLacking(document: JsonObject): string[] {
  const root = objectAt(objectAt(document, 'configuration', ''), 'root_module', 'configuration')
  const planned = objectAt(document, 'output_changes', '')
  return Object.keys(objectAt(root, 'outputs', 'configuration.root_module'))
    .filter(name => !Object.hasOwn(planned, name))
    .map(name => `output.${name}`)
}

function inModule(place: string, resource: string): string {
  return place === '' ? resource : `${place}.${resource}`
}

function parsed(text: string): ReturnType<typeof parseAddress> | undefined {
  try {
    return parseAddress(text)
  } catch (error) {
    if (error instanceof AddressError) return undefined
    throw error
  }
}
