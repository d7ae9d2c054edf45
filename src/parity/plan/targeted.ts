import type {JsonObject} from '../json.js'
import {formatModule, type ModuleStep} from './address.js'
import type {ManagedChange} from './changes.js'
import {type ConfiguredModule, repetitionOf} from './configuration.js'
import {InstancesSeen} from './instances-seen.js'
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
  const seen = new InstancesSeen(there)
  return [
    ...new Set([
      ...declaredIn(configuration, [], seen),
      ...seen.gaps(),
      ...heldBefore(document).filter(address => !there.has(address)),
      ...outputsLacking(document),
    ]),
  ]
}

/** What the configuration declares and is not there, in the instances of modules that are. */
function* declaredIn(
  module: ConfiguredModule,
  steps: readonly ModuleStep[],
  seen: InstancesSeen,
): Generator<string> {
  const place = formatModule(steps)
  for (const resource of module.resources) {
    if (resource.mode !== 'managed') continue
    const name = `${resource.type}.${resource.name}`
    const address = place === '' ? name : `${place}.${name}`
    for (const key of constantKeys(resource)) {
      const isThere = seen.hasResource(address + key) || (key === '' && seen.isRepeated(address))
      if (!isThere) yield address + key
    }
  }
  for (const [name, child] of module.children) {
    for (const step of seen.modulesIn(place, name) ?? certainSteps(child, name))
      yield* declaredIn(child, [...steps, step], seen)
  }
}

/** Of a call that is not repeated there is always one instance. */
function certainSteps({caller}: ConfiguredModule, name: string): readonly ModuleStep[] {
  return caller !== undefined && repetitionOf(caller.call) === undefined ? [{name, key: null}] : []
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
