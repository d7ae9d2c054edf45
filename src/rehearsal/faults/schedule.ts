import type {Account} from '../account/account.js'
import type {SetFault} from '../account/fault.js'
import {chance} from '../account/random.js'
import type {FaultKind} from './catalogue.js'
import type {FaultOf} from './fault.js'

/** An account at a moment of its time; a world is one. */
export interface Moment {
  readonly account: Account
  readonly now: number
}

/** Something that a fault may apply to. */
export interface Occasion {
  /** What it is about, such as an operation or a resource: chance depends on nothing but it and how often it came. */
  key: string
  region?: string
}

/** Whether a fault may take effect now. */
export function isLive({since, struck, fault: {timing}}: SetFault, now: number): boolean {
  const begins = since + (timing.at ?? 0)
  const ends = timing.for === undefined ? Number.POSITIVE_INFINITY : begins + timing.for
  return now >= begins && now < ends && struck < (timing.times ?? Number.POSITIVE_INFINITY)
}

/** The first live fault of a kind that applies to an occasion, by its rate; it is triggered once more then. */
export function triggerFault<K extends FaultKind>(
  {account, now}: Moment,
  kind: K,
  {key, region}: Occasion,
  matches: (fault: FaultOf<K>) => boolean,
): FaultOf<K> | undefined {
  for (const set of liveOf({account, now}, kind, region)) {
    if (!matches(set.fault as FaultOf<K>)) continue
    const time = (set.asked[key] ?? 0) + 1
    const {rate} = set.fault.timing
    if (rate !== undefined) {
      set.asked[key] = time
      if (chance(account.seed, 'fault', set.text, key, time) >= rate) continue
    }
    set.struck += 1
    return set.fault as FaultOf<K>
  }
  return undefined
}

/** The first fault of a kind that holds now. */
export function activeFault<K extends FaultKind>(
  moment: Moment,
  kind: K,
  region: string | undefined,
  matches: (fault: FaultOf<K>) => boolean,
): FaultOf<K> | undefined {
  return liveOf(moment, kind, region)
    .map(({fault}) => fault as FaultOf<K>)
    .find(matches)
}

function liveOf({account, now}: Moment, kind: FaultKind, region: string | undefined): SetFault[] {
  if (!account.faults) return []
  return account.faults.filter(
    set =>
      set.fault.kind === kind &&
      isLive(set, now) &&
      (region === undefined || set.fault.timing.region === undefined || set.fault.timing.region === region),
  )
}
