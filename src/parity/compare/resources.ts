import {type Mapping, MappingLookup} from '../mapping/index.js'
import type {TerraformPlan, TerraformResource} from '../plan/resource.js'
import type {Deployed, DeployedResource} from '../templates/deployed.js'
import {pointer} from './aspects.js'
import type {Comparing} from './comparing.js'
import {Configured} from './configured.js'
import {compareWithCounterpart, missing, withoutRow} from './counterpart.js'
import type {Group, GroupVerdicts} from './group.js'
import {Identities} from './identities.js'
import {byPlace, type Mapped, ownerOf, placeIn, twinsIn} from './mapped.js'
import {placeOf} from './place.js'
import {Reuse} from './reuse.js'
import {compareRole} from './role.js'
import {compareSecurityGroup} from './security-group.js'
import {Values} from './values.js'
import type {AttributeVerdict} from './verdict.js'

/** A resource of the plan, and what of it is not the same. */
export interface Compared extends Mapped {
  readonly verdicts: readonly AttributeVerdict[]
}

export interface ComparedResources {
  readonly resources: readonly Compared[]
  /** Resources of the templates that nothing in the plan is mapped to. */
  readonly onlyHere: readonly DeployedResource[]
  readonly lookup: MappingLookup
}

/** Compares every resource of a plan with its counterpart. */
export function compareResources(
  plan: TerraformPlan,
  deployed: Deployed,
  mappings: readonly Mapping[],
  reuse: Reuse = new Reuse(),
): ComparedResources {
  const lookup = new MappingLookup(mappings)
  const mapped = plan.resources.map(resource => ({resource, mapping: lookup.of(resource.parsed)}))
  const comparing = comparingOf(mapped, deployed)
  const all = deployed.resources()
  const here = new Map(all.map(resource => [placeOf(resource), resource]))
  const verdicts = new Map(
    mapped.map(one => {
      const counterpart = here.get(placeIn(one) ?? '')
      return [one.resource, [...compareWithCounterpart(one, counterpart, comparing, reuse)]]
    }),
  )
  const places = byPlace(mapped)
  const parts = new Set<string>()
  for (const [place, members] of places) {
    for (const [twin, {resource}] of twinsIn(members)) {
      verdicts.get(twin.resource)?.push(missing(`${place} is ${resource.address}, and only once`))
    }
    const resource = here.get(place)
    const owner = ownerOf(members)
    if (resource === undefined || owner === undefined) continue
    const group = compareGroup(resource, members, all, comparing)
    for (const part of group.parts) parts.add(part)
    for (const one of members) {
      verdicts.get(one.resource)?.push(...(group.byAddress.get(one.resource.address) ?? []))
    }
    verdicts.get(owner.resource)?.push(...group.onlyHere, ...withoutRow(resource, members))
  }
  return {
    resources: mapped.map(one => ({...one, verdicts: verdicts.get(one.resource) ?? []})),
    onlyHere: all.filter(resource => !places.has(placeOf(resource)) && !parts.has(placeOf(resource))),
    lookup,
  }
}

function comparingOf(mapped: readonly Mapped[], deployed: Deployed): Comparing {
  const places = new Map(mapped.map(one => [one.resource, placeIn(one) ?? one.resource.address]))
  const placeFor = (resource: TerraformResource) => places.get(resource) ?? resource.address
  const resources = mapped.map(({resource}) => resource)
  const identities = new Identities(resources, placeFor)
  const values = new Values(identities, deployed)
  const addresses = resources.map(resource => `${resource.address} ${placeFor(resource)}`)
  return {
    values,
    configured: new Configured(resources, placeFor),
    fingerprint: [identities.fingerprint, values.fingerprint, ...addresses].join('\n'),
  }
}

const nothing: GroupVerdicts = {byAddress: new Map(), onlyHere: [], parts: []}

/** What several resources of Terraform are together. */
function compareGroup(
  here: DeployedResource,
  members: readonly Mapped[],
  all: readonly DeployedResource[],
  comparing: Comparing,
): GroupVerdicts {
  const resources = members.map(({resource}) => resource)
  const group: Group = {here, pointer: pointer(placeOf(here), null), resources}
  if (here.type === 'AWS::EC2::SecurityGroup') return compareSecurityGroup(group, all, comparing)
  return here.type === 'AWS::IAM::Role' ? compareRole(group, all, comparing) : nothing
}
