import type {TerraformPlan} from '../plan/resource.js'
import type {DeployedResource} from '../templates/deployed.js'
import {
  type Accepted,
  type AcceptedDifferences,
  accepts,
  acceptsAny,
  holds,
  isAbout,
  isAt,
  type Subject,
  type Words,
} from './accepted.js'
import {placeOf} from './place.js'
import type {Compared, ComparedResources} from './resources.js'
import type {AttributeVerdict} from './verdict.js'

export interface OnlyHereVerdict {
  readonly resource: DeployedResource
  readonly verdict: 'accepted' | 'different'
  readonly reason: string | null
}

/** An entry of which nothing is left. */
export interface Stale {
  readonly resource: string
  readonly attribute: string
  readonly reason: string
}

export interface Judged {
  readonly resources: readonly Compared[]
  readonly onlyHere: readonly OnlyHereVerdict[]
  readonly stale: readonly Stale[]
  readonly deadPatterns: readonly string[]
}

/** Takes the list of accepted differences into account. A partial plan says nothing of what is not in it. */
export function judgeAccepted(
  {resources, onlyHere, lookup}: ComparedResources,
  list: AcceptedDifferences,
  plan: TerraformPlan,
  words: Words,
): Judged {
  const accepted = {...list, differences: list.differences.filter(entry => holds(entry, plan.variables))}
  const isWhole = plan.partial.length === 0
  const used = new Used()
  const judged = resources.map(compared => judge(compared, accepted.differences, used, words))
  const expected = new Set(
    lookup.mappings.flatMap(({counterpart}) =>
      counterpart.kind === 'nothing' ? [] : [counterpart.resource],
    ),
  )
  const only = onlyHere
    .filter(resource => isWhole || !expected.has(placeOf(resource)))
    .map(resource => judgeOnlyHere(resource, accepted, used))
  return {
    resources: judged,
    onlyHere: only,
    stale: isWhole ? staleIn(accepted, judged, onlyHere, used) : [],
    deadPatterns: isWhole ? lookup.dead(plan.resources, plan.variables).map(({pattern}) => pattern.text) : [],
  }
}

function judge(compared: Compared, entries: readonly Accepted[], used: Used, words: Words): Compared {
  const subject = subjectOf(compared)
  const {key} = compared.resource.parsed
  const own = {...words, key: key === null ? '' : String(key)}
  const about = entries.filter(entry => isAbout(entry, subject))
  const verdicts = compared.verdicts.map((difference): AttributeVerdict => {
    const judge = difference.verdict === 'unknown' ? acceptsAny : accepts
    const entry = about.find(one => judge(one, difference, own))
    if (entry === undefined) return difference
    used.add(entry, compared.resource.address)
    return {...difference, verdict: 'accepted', reason: entry.reason}
  })
  return {...compared, verdicts}
}

function judgeOnlyHere(
  resource: DeployedResource,
  {onlyHere}: AcceptedDifferences,
  used: Used,
): OnlyHereVerdict {
  const entry = onlyHere.find(one => one.resource.test(placeOf(resource)))
  if (entry === undefined) return {resource, verdict: 'different', reason: null}
  used.add(entry, placeOf(resource))
  return {resource, verdict: 'accepted', reason: entry.reason}
}

/** Which entries accepted something, and of what. */
class Used {
  readonly #resources = new Map<object, Set<string>>()

  add(entry: object, resource: string): void {
    this.#resources.set(entry, (this.#resources.get(entry) ?? new Set()).add(resource))
  }

  has(entry: object, resource?: string): boolean {
    const resources = this.#resources.get(entry)
    return resources !== undefined && (resource === undefined || resources.has(resource))
  }
}

/**
 * Entries that accepted nothing, though what they are about is there, and could be compared. A pattern of addresses stands
 * for each of them: the difference must be at all.
 */
function staleIn(
  {differences, onlyHere}: AcceptedDifferences,
  compared: readonly Compared[],
  here: readonly DeployedResource[],
  used: Used,
): Stale[] {
  const stale = differences.flatMap(entry => {
    const {names, attribute, property, reason} = entry
    if (entry.isSometimes) return []
    const left = compared.filter(
      one => isAbout(entry, subjectOf(one)) && !used.has(entry, one.resource.address),
    )
    const gone = left.filter(
      ({verdicts}) => !verdicts.some(one => one.verdict === 'unknown' && mayHold(one, entry)),
    )
    const isOfPlaces = entry.resources.some(resource => resource instanceof RegExp)
    if (gone.length === 0 || (isOfPlaces && (used.has(entry) || gone.length < left.length))) return []
    const resource = isOfPlaces ? names.join(', ') : gone.map(one => one.resource.address).join(', ')
    return [{resource, attribute: attribute ?? property ?? '', reason}]
  })
  const gone = onlyHere.filter(
    entry => !used.has(entry) && !here.some(one => entry.resource.test(placeOf(one))),
  )
  return [...stale, ...gone.map(({name, reason}) => ({resource: name, attribute: '', reason}))]
}

/** Whether something unknown is what an entry is about, or holds it: container definitions are unknown as a whole. */
function mayHold(unknown: AttributeVerdict, entry: Accepted): boolean {
  if (isAt(entry, unknown) || entry.attribute === null) return true
  return unknown.attribute !== null && entry.attribute.startsWith(`${unknown.attribute}.`)
}

function subjectOf({resource, mapping}: Compared): Subject {
  const counterpart = mapping?.counterpart
  const place = counterpart === undefined || counterpart.kind === 'nothing' ? undefined : counterpart.resource
  return {address: resource.parsed, place}
}
