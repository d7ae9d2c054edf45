import type {Existing} from '../../aws/existing/existing.js'
import type {TaggedResource} from '../../aws/tagged-resources.js'
import type {Unknown} from '../../results.js'
import {requireContext} from '../context.js'
import type {TeardownContext} from '../teardown/context.js'
import {logGroupNames} from '../teardown/log-group-names.js'
import {unlessRefused} from '../teardown/refused.js'
import {type ProvedKind, provedKinds} from './kinds.js'
import type {Lineage} from './lineage.js'
import {either, type IsName} from './names.js'
import {type Ground, groundOf, type Known} from './whose.js'

/** Lists that are asked for at the same time: services count calls by the second. */
const atOnce = 6

/** Something of the environment that is there, and by what it is known to be. */
export interface Found {
  readonly existing: Existing
  readonly ground: Ground
}

/** What a look at one kind has found. */
export interface LookedAt {
  readonly kind: string
  readonly action: string
  /** How many there are, whoever's. */
  readonly listed: number
  readonly found: readonly Found[]
}

type Context = Pick<TeardownContext, 'aws' | 'environment' | 'identity'>

/**
 * Asks the service of each kind what there is, and picks out what is the environment's.
 * @param unread is told of each list that AWS refuses
 */
export async function lookAt(
  context: Context,
  kinds: readonly ProvedKind[],
  {lineage, tagged}: {lineage: Lineage; tagged: readonly TaggedResource[]},
  unread: (entry: Unknown) => void,
): Promise<readonly LookedAt[]> {
  const {aws, environment} = context
  const {account, partition} = requireContext(context.identity, 'the account')
  const place = {environment, account, region: aws.region}
  const ids = [...new Set(lineage.resources.map(({physicalId}) => physicalId))]
  const known: Known = {
    environment,
    region: aws.region,
    lineage,
    tagged: new Map(tagged.map(one => [one.arn, one])),
  }
  const shared = new Map<string, Promise<unknown>>()
  const looked: LookedAt[] = []
  const look = async ({kind, action, type, named}: ProvedKind) => {
    const ofKind = tagged.filter(one => one.kind === kind).map(({name}) => name)
    const listed = await unlessRefused(
      () => aws.existing.list(kind, {...place, partition, ids, tagged: ofKind, shared}),
      reason => unread({kind, name: action, reason, command: null}),
    )
    if (listed === undefined) return
    const isName = withChosen(kind, named?.(place), context, lineage)
    const found = listed.flatMap(existing => {
      const ground = groundOf(existing, {type, isName}, known)
      return ground === undefined ? [] : [{existing, ground}]
    })
    looked.push({kind, action, listed: listed.length, found})
  }
  const waiting = [...kinds]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await look(next)
  }
  await Promise.all(Array.from({length: atOnce}, work))
  return provedKinds.flatMap(({kind}) => looked.find(each => each.kind === kind) ?? [])
}

/** Log groups that services write to are named after what the stacks have had, and some by their beginning. */
function withChosen(
  kind: string,
  isName: IsName | undefined,
  {environment}: Context,
  {resources}: Lineage,
): IsName | undefined {
  if (kind !== 'logs:log-group' || isName === undefined) return isName
  const chosen = logGroupNames(environment, [{label: '', resources}])
  return either(isName, group =>
    chosen.some(name => (name.endsWith('/') ? group.startsWith(name) : group === name)),
  )
}
