import type {Region} from '../account/account.js'
import type {Stack} from '../account/stack.js'
import type {World} from '../account/world.js'
import {catalogue, type FaultKind} from '../faults/catalogue.js'
import {type Fault, faultOf} from '../faults/fault.js'
import {fitsResource, operation, resource, resourceType} from '../faults/places.js'
import {fits} from '../faults/values.js'

/** What faults name by its own name, by the type that CloudFormation has for it. */
const namedTypes: Partial<Record<FaultKind, string>> = {
  'end-build': 'AWS::CodeBuild::Project',
  'missing-image': 'AWS::ECR::Repository',
  'fail-task': 'AWS::ECS::Service',
  unsteady: 'AWS::ECS::Service',
  flap: 'AWS::ECS::Service',
  'lose-task': 'AWS::ECS::Service',
  'broken-link': 'AWS::ECS::Service',
  unhealthy: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  'remove-listener': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'recreate-log-group': 'AWS::Logs::LogGroup',
}

/** A thing that a fault may name: where it is, what type it has, and by which physical id it goes. */
interface Thing {
  logicalId: string
  type: string
  physicalId: string
  stacks: readonly string[]
}

/**
 * Faults that were never triggered and whose place names nothing that any stack of the account has or had, each with why. None
 * while a stack is being made or has failed: what the fault names may be what is still to come.
 *
 * @returns sentences by the fault's id
 */
export function unmetFaults(world: World): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const {account} = world
  for (const set of account.faults ?? []) {
    const fault = faultOf(set)
    const {region} = fault.timing
    const regions = Object.values(account.regions).filter(({name}) => region === undefined || region === name)
    if (set.struck > 0 || Object.keys(set.asked).length > 0) continue
    if (!areAtRest(Object.values(account.regions))) continue
    const why = whyUnmet(fault, regions)
    if (why !== undefined) found.set(set.id, `The fault "${set.text}" never happened: ${why}.`)
  }
  return found
}

/** Every stack is complete or gone, and there is, or was, one at least. */
function areAtRest(regions: readonly Region[]): boolean {
  const roots = regions.flatMap(({stacks}) => Object.values(stacks)).filter(({parentId}) => !parentId)
  return (
    roots.length > 0 &&
    roots.every(({status}) => /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|DELETE)_COMPLETE$/.test(status))
  )
}

function whyUnmet(fault: Fault, regions: readonly Region[]): string | undefined {
  const {kind, where, timing} = fault
  const inRegion = timing.region === undefined ? '' : ` in ${timing.region}`
  const stacks = regions.flatMap(region => Object.values(region.stacks))
  const nothing = `nothing is called ${where}${inRegion}`
  const {where: reader} = catalogue[kind]
  if (reader === operation) return regions.length === 0 ? `nothing was asked${inRegion}` : undefined
  const things = stacks.flatMap(thingsOf)
  if (reader === resource) {
    if (things.some(thing => fitsResource(where, thing))) return undefined
    return `${nothing}${meant(where, things)}`
  }
  if (reader === resourceType) return things.some(({type}) => fits(where, type)) ? undefined : nothing
  if (kind === 'stale') return stacks.some(({name}) => fits(where, name)) ? undefined : nothing
  const type = namedTypes[kind]
  if (type === undefined || where === '*') return undefined
  const [name = ''] = kind === 'remove-listener' ? where.split(':') : [where]
  const isCalled = things.some(thing => thing.type === type && fits(name, ownName(thing)))
  return isCalled ? undefined : nothing
}

function thingsOf({name, parentLogicalId, resources}: Stack): Thing[] {
  const stacks = [name, ...(parentLogicalId === undefined ? [] : [parentLogicalId])]
  return Object.values(resources).map(({logicalId, type, physicalId}) => ({
    logicalId,
    type,
    physicalId,
    stacks,
  }))
}

/** The name within a physical id, which is an ARN for some types. */
function ownName({type, physicalId}: Thing): string {
  const parts = physicalId.split('/')
  if (type === 'AWS::ECS::Service') return parts.at(-1) ?? ''
  return type.startsWith('AWS::ElasticLoadBalancingV2::') ? (parts.at(-2) ?? '') : physicalId
}

/** The same logical id in the stacks that there are: a nested stack goes by other names than one that stands alone. */
function meant(where: string, things: readonly Thing[]): string {
  const slash = where.lastIndexOf('/')
  if (slash < 0) return ''
  const found = things.find(thing => fitsResource(where.slice(slash + 1), thing))
  return found === undefined ? '' : `; there is ${found.stacks.at(-1)}/${found.logicalId}`
}
