import type {Json} from '../json.js'
import {type Mapping, MappingLookup} from '../mapping/index.js'
import type {TerraformPlan, TerraformResource} from '../plan/resource.js'
import {tableFor} from '../properties/index.js'
import type {Deployed, DeployedResource} from '../templates/deployed.js'
import {pointer} from './aspects.js'
import type {Comparing} from './comparing.js'
import {Configured} from './configured.js'
import type {Group, GroupVerdicts} from './group.js'
import {Identities} from './identities.js'
import {attributesWithoutRow, claimsOf, propertiesWithoutRow} from './no-row.js'
import {follow, parsePath} from './path.js'
import {placeOf} from './place.js'
import {Reuse} from './reuse.js'
import {compareRole} from './role.js'
import {compareRows} from './rows.js'
import {compareSecurityGroup} from './security-group.js'
import {Values} from './values.js'
import type {AttributeVerdict} from './verdict.js'

/** A resource of the plan, with what it is in the templates, and what is not the same. */
export interface Compared {
  readonly resource: TerraformResource
  /** Undefined where no pattern takes the address. */
  readonly mapping: Mapping | undefined
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
  const places = new Map(
    mapped.map(({resource, mapping}) => [resource, placeIn(mapping) ?? resource.address]),
  )
  const placeFor = (resource: TerraformResource) => places.get(resource) ?? resource.address
  const identities = new Identities(plan.resources, placeFor)
  const values = new Values(identities, deployed)
  const addresses = plan.resources.map(resource => `${resource.address} ${placeFor(resource)}`)
  const comparing: Comparing = {
    values,
    configured: new Configured(plan.resources, placeFor),
    fingerprint: [identities.fingerprint, values.fingerprint, ...addresses].join('\n'),
  }
  return new Run(mapped, deployed, lookup, comparing, reuse).compare()
}

type Mapped = Omit<Compared, 'verdicts'>

class Run {
  readonly #here: ReadonlyMap<string, DeployedResource>
  readonly #byPlace = new Map<string, Mapped[]>()

  constructor(
    readonly mapped: readonly Mapped[],
    readonly deployed: Deployed,
    readonly lookup: MappingLookup,
    readonly comparing: Comparing,
    readonly reuse: Reuse,
  ) {
    this.#here = new Map(deployed.resources().map(resource => [placeOf(resource), resource]))
    for (const one of mapped) {
      const place = placeIn(one.mapping)
      if (place !== undefined) this.#byPlace.set(place, [...(this.#byPlace.get(place) ?? []), one])
    }
  }

  compare(): ComparedResources {
    const verdicts = new Map(this.mapped.map(one => [one.resource.address, [...this.#own(one)]]))
    const parts = new Set<string>()
    for (const [place, members] of this.#byPlace) {
      const here = this.#here.get(place)
      if (here === undefined) continue
      const group = this.#group(here, members)
      for (const part of group?.parts ?? []) parts.add(part)
      for (const [address, more] of group?.byAddress ?? []) verdicts.get(address)?.push(...more)
      const owner = ownerOf(members)
      const left = [...(group?.onlyHere ?? []), ...this.#withoutRow(here, members)]
      if (owner !== undefined) verdicts.get(owner.resource.address)?.push(...left)
    }
    return {
      resources: this.mapped.map(one => ({...one, verdicts: verdicts.get(one.resource.address) ?? []})),
      onlyHere: [...this.#here].flatMap(([place, here]) =>
        this.#byPlace.has(place) || parts.has(place) ? [] : [here],
      ),
      lookup: this.lookup,
    }
  }

  #own({resource, mapping}: Mapped): readonly AttributeVerdict[] {
    const at = {attribute: null, property: null}
    if (mapping === undefined)
      return [{...at, verdict: 'missing', reason: 'no pattern of the mapping takes the address'}]
    const {counterpart} = mapping
    if (counterpart.kind === 'nothing') return [{...at, verdict: 'accepted', reason: counterpart.reason}]
    const here = this.#here.get(counterpart.resource)
    if (here === undefined) {
      return [
        {
          ...at,
          verdict: 'missing',
          reason: `the templates do not make ${counterpart.resource} with these parameters`,
        },
      ]
    }
    const table = tableFor(resource.type, here.type)
    if (table === undefined) {
      return [{...at, verdict: 'different', reason: `no table compares ${resource.type} with ${here.type}`}]
    }
    const prefix = counterpart.kind === 'property' ? counterpart.property : ''
    return this.reuse.verdicts(resource, [here, prefix, this.comparing.fingerprint], () => {
      const properties = parsePath(prefix).reduce<Json | undefined>(follow, here.properties)
      return [
        ...compareRows(resource, table, properties, prefix === '' ? [] : prefix.split('.'), this.comparing),
        ...attributesWithoutRow(resource, table),
      ]
    })
  }

  #group(here: DeployedResource, members: readonly Mapped[]): GroupVerdicts | undefined {
    const group: Group = {
      here,
      pointer: pointer(placeOf(here), null),
      resources: members.map(({resource}) => resource),
    }
    const all = this.deployed.resources()
    if (here.type === 'AWS::EC2::SecurityGroup') return compareSecurityGroup(group, all, this.comparing)
    return here.type === 'AWS::IAM::Role' ? compareRole(group, all, this.comparing) : undefined
  }

  #withoutRow(here: DeployedResource, members: readonly Mapped[]): AttributeVerdict[] {
    const claims = members.flatMap(({resource, mapping}) => {
      const table = tableFor(resource.type, here.type)
      if (table === undefined || mapping === undefined) return []
      return claimsOf(table, mapping.counterpart.kind === 'property' ? mapping.counterpart.property : '')
    })
    return propertiesWithoutRow(here.properties, claims)
  }
}

/** Which of them tells what only the templates have: the resource itself before its parts. */
function ownerOf(members: readonly Mapped[]): Mapped | undefined {
  const owns = ['aws_security_group', 'aws_iam_role']
  return (
    members.find(({mapping}) => mapping?.counterpart.kind === 'resource') ??
    members.find(({resource}) => owns.includes(resource.type)) ??
    members[0]
  )
}

function placeIn(mapping: Mapping | undefined): string | undefined {
  return mapping === undefined || mapping.counterpart.kind === 'nothing'
    ? undefined
    : mapping.counterpart.resource
}
