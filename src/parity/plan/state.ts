import type {JsonObject} from '../json.js'
import {fill} from './fill.js'
import {bothMasks} from './masks.js'
import {namingFile, objectAt, objectsAt, own, shallow, textAt} from './members.js'
import {recognise} from './recognise.js'
import {emptyState, unrelatedState} from './refusals.js'
import type {TerraformPlan, TerraformResource} from './resource.js'
import {secretSources, secretsUnderMasks} from './secret-sources.js'

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
    const resources = plan.resources.map(resource => filled(resource, held))
    // What the plan marks as sensitive and does not know, the state may know without a mark.
    const secrets = plan.secrets.and(secretSources(document)).and(secretsUnderMasks(resources))
    return {...plan, resources, secrets}
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
  const values = shallow(objectAt(inState, 'values', 'a resource'), 'values of a resource')
  return {
    ...resource,
    ...fill(resource.values, resource.unknown, values),
    sensitive: bothMasks(resource.sensitive, own(inState, 'sensitive_values')),
  }
}

function heldOf({address, previousAddress}: TerraformResource, held: Held): JsonObject | undefined {
  return held.get(address) ?? (previousAddress === undefined ? undefined : held.get(previousAddress))
}

/** An environment of another name or in another region has the same addresses: its names tell it. */
function refuseUnrelated({resources}: TerraformPlan, held: Held, name: string): void {
  const pairs = resources.flatMap(resource => {
    const inState = heldOf(resource, held)
    return inState === undefined
      ? []
      : [{planned: resource.values, values: objectAt(inState, 'values', 'a resource')}]
  })
  if (pairs.length === 0) throw unrelatedState(name, 'no resource of the plan is in it')
  for (const attribute of telling) {
    const agreements = pairs.flatMap(({planned, values}) => {
      const [one, other] = [own(planned, attribute), own(values, attribute)]
      return typeof one === 'string' && typeof other === 'string' ? [one === other] : []
    })
    const others = agreements.filter(agrees => !agrees).length
    if (others >= fewestOthers && others * 2 > agreements.length)
      throw unrelatedState(name, `${attribute} is another one in ${others} of ${agreements.length} resources`)
  }
}

/** What is in most names of an environment, and cannot be changed without making it anew. */
const telling = ['region', 'availability_zone', 'cidr_block', 'name_prefix', 'family', 'alarm_name']
/** One may have been renamed. */
const fewestOthers = 2
