import type {JsonObject} from '../json.js'
import {fill} from './fill.js'
import {bothMasks} from './masks.js'
import {namingFile, objectAt, objectsAt, own, textAt} from './members.js'
import {recognise} from './recognise.js'
import {emptyState, unrelatedState} from './refusals.js'
import type {TerraformPlan, TerraformResource} from './resource.js'
import {secretSources} from './secret-sources.js'

/**
 * The plan with what a state knows of its resources where the plan itself does not: nothing that the plan tells is
 * changed. What the state marks as sensitive stays so.
 *
 * @param bytes of a file that Terraform or OpenTofu wrote with `show -json`, without the name of a plan
 * @param name how messages call it
 * @throws McpgwError for everything that is no such state, and for a state of something else
 */
export function addState(plan: TerraformPlan, bytes: Uint8Array, name: string): TerraformPlan {
  const document = recognise(bytes, name, 'state')
  return namingFile(name, () => {
    const held = resourcesIn(document)
    if (held.size === 0) throw emptyState(name)
    refuseUnrelated(plan, held, name)
    return {
      ...plan,
      resources: plan.resources.map(resource => filled(resource, held)),
      secrets: plan.secrets.and(secretSources(document)),
    }
  })
}

/** Managed resources of a state by address; what was deposed is not what the configuration is about. */
type Held = ReadonlyMap<string, JsonObject>

function resourcesIn(document: JsonObject): Held {
  const held = new Map<string, JsonObject>()
  const open = [objectAt(objectAt(document, 'values', ''), 'root_module', 'values')]
  for (let module = open.pop(); module !== undefined; module = open.pop()) {
    for (const resource of objectsAt(module, 'resources', 'resources of a module')) {
      if (resource.mode === 'managed' && !('deposed_key' in resource))
        held.set(textAt(resource, 'address', 'a resource'), resource)
    }
    open.push(...objectsAt(module, 'child_modules', 'child modules of a module'))
  }
  return held
}

function filled(resource: TerraformResource, held: Held): TerraformResource {
  const inState = heldOf(resource, held)
  if (inState === undefined) return resource
  const values = objectAt(inState, 'values', resource.address)
  return {
    ...resource,
    ...fill(resource.values, resource.unknown, values),
    sensitive: bothMasks(resource.sensitive, own(inState, 'sensitive_values')),
  }
}

function heldOf({address, previousAddress}: TerraformResource, held: Held): JsonObject | undefined {
  return held.get(address) ?? (previousAddress === undefined ? undefined : held.get(previousAddress))
}

/** Most names tell another: an environment of another name or in another region, whose addresses are all the same. */
function refuseUnrelated({resources}: TerraformPlan, held: Held, name: string): void {
  const common = resources.filter(resource => heldOf(resource, held) !== undefined)
  if (common.length === 0) throw unrelatedState(name, 'none of the resources of the plan is in it')
  const agreements = common.flatMap(resource =>
    agreementsOf(resource, objectAt(heldOf(resource, held) ?? {}, 'values', '')),
  )
  const others = agreements.filter(agrees => !agrees).length
  if (others * 2 > agreements.length)
    throw unrelatedState(name, `${others} of ${agreements.length} names and addresses in it are others`)
}

/** Attributes that tell one environment from another; they stay what they are while it is updated. */
const telling = [
  'name',
  'family',
  'cidr_block',
  'domain_name',
  'bucket',
  'cluster_identifier',
  'availability_zone',
]

function agreementsOf({values}: TerraformResource, inState: JsonObject): boolean[] {
  return telling.flatMap(attribute => {
    const [planned, held] = [own(values, attribute), own(inState, attribute)]
    return typeof planned === 'string' && typeof held === 'string' ? [planned === held] : []
  })
}
