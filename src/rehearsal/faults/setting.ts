import type {SetFault} from '../account/fault.js'
import type {World} from '../account/world.js'
import {catalogue} from './catalogue.js'
import {faultOf} from './fault.js'
import {clearFaults, parseFault} from './parse.js'
import {isLive} from './schedule.js'

/** The region that events name which are about all of them. */
const anyRegion = 'us-west-2'

/** What the control path and the screen tell of a fault. */
export interface FaultStatus {
  id: string
  fault: string
  /** `waiting` for its time, `live`, or `over`. */
  state: 'waiting' | 'live' | 'over'
  /** How often it was triggered; a state does not count. */
  struck: number
  /** Why it can never be triggered: its place names nothing. Told by the control path alone. */
  unmet?: string
}

/**
 * Gives an account a fault, which it keeps until it is removed. One that it has already begins anew.
 * @throws FaultError for a line that means none.
 */
export function setFault(world: World, line: string): SetFault {
  const fault = parseFault(line)
  const {account} = world
  const others = (account.faults ?? []).filter(({text}) => text !== line)
  account.faultsMade = (account.faultsMade ?? 0) + 1
  const set: SetFault = {
    id: `f-${account.faultsMade}`,
    text: line,
    fault,
    since: world.now,
    struck: 0,
    asked: {},
  }
  account.faults = [...others, set]
  const {at = 0, for: length} = fault.timing
  // What happens one by one asks whether a fault is live; everything else has to be told.
  if (catalogue[fault.kind].nature === 'occasion') return set
  turnLater(world, set.id, at / 1000)
  if (length !== undefined) turnLater(world, set.id, (at + length) / 1000)
  return set
}

/** Sets faults one after the other, `clear` among them. @throws FaultError */
export function setFaults(world: World, lines: readonly string[]): void {
  for (const line of lines) {
    if (line === clearFaults) removeFaults(world)
    else setFault(world, line)
  }
}

/** Removes the fault of that id, or all. @returns how many there were. */
export function removeFaults(world: World, id?: string): number {
  const {faults = []} = world.account
  const left = id === undefined ? [] : faults.filter(fault => fault.id !== id)
  world.account.faults = left
  if (left.length === faults.length) return 0
  turnLater(world, '', 0)
  return faults.length - left.length
}

export function describeFaults({account, now}: Pick<World, 'account' | 'now'>): FaultStatus[] {
  return (account.faults ?? []).map(set => {
    const {id, text, since, struck, fault} = set
    const isWaiting = now < since + (fault.timing.at ?? 0)
    const isDone = catalogue[faultOf(set).kind].nature === 'moment' && struck > 0
    const state = isWaiting ? 'waiting' : isLive(set, now) && !isDone ? 'live' : 'over'
    return {id, fault: text, state, struck}
  })
}

/** Faults that are not over. */
export function liveFaults(world: Pick<World, 'account' | 'now'>): FaultStatus[] {
  return describeFaults(world).filter(({state}) => state !== 'over')
}

export function turnLater(world: World, fault: string, seconds: number): void {
  world.schedule('fault.turn', seconds, anyRegion, {fault})
}
