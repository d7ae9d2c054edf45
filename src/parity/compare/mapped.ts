import type {Mapping} from '../mapping/index.js'
import type {TerraformResource} from '../plan/resource.js'

/** A resource of the plan, with what it is in the templates. */
export interface Mapped {
  readonly resource: TerraformResource
  /** Undefined where no pattern takes the address. */
  readonly mapping: Mapping | undefined
}

/** `network.Vpc`; undefined for what is nowhere in the templates. */
export function placeIn({mapping}: Mapped): string | undefined {
  return mapping === undefined || mapping.counterpart.kind === 'nothing'
    ? undefined
    : mapping.counterpart.resource
}

/** What is mapped to each resource of the templates, in the order of the plan. */
export function byPlace(mapped: readonly Mapped[]): ReadonlyMap<string, readonly Mapped[]> {
  const places = new Map<string, Mapped[]>()
  for (const one of mapped) {
    const place = placeIn(one)
    if (place === undefined) continue
    const members = places.get(place)
    if (members === undefined) places.set(place, [one])
    else members.push(one)
  }
  return places
}

/** Which of them tells what only the templates have: the resource itself before its parts. */
export function ownerOf(members: readonly Mapped[]): Mapped | undefined {
  const owns = ['aws_security_group', 'aws_iam_role']
  return members.find(isWhole) ?? members.find(({resource}) => owns.includes(resource.type)) ?? members.at(0)
}

/** Resources that one of their type is before: what a resource of the templates is, it is once. */
export function twinsIn(members: readonly Mapped[]): readonly (readonly [twin: Mapped, of: Mapped])[] {
  const whole = members.filter(isWhole)
  return whole.flatMap((twin, index) => {
    const first = whole.slice(0, index).find(({resource}) => resource.type === twin.resource.type)
    return first === undefined ? [] : [[twin, first] as const]
  })
}

function isWhole({mapping}: Mapped): boolean {
  return mapping?.counterpart.kind === 'resource'
}
