import type {DrillAccount} from '../harness/account.js'
import {type Ended, runAmongOthers, runCommand} from '../harness/command.js'
import {type InterferenceName, interferences} from '../harness/interference.js'
import {atMoments, type Moment} from '../harness/moments.js'
import type {Meanwhile, Schedule} from './schedule.js'

/** A command looks at the stacks for the last time so many calls before its end, as what comes then takes. */
const lastLooks = 60

/** How a schedule was lived through. */
export interface Lived {
  ended: Ended
  /** What somebody else ran at the same time. */
  other?: Ended | undefined
  /** What somebody else did came when the command had looked for the last time, so that it could not see it. */
  isLate: boolean
}

/** Runs the command of a schedule with all that happens meanwhile; its faults are set already. */
export async function liveThrough(account: DrillAccount, schedule: Schedule): Promise<Lived> {
  const {command, interrupt, meanwhile} = schedule
  let other: Promise<Ended> | undefined
  const moments: Moment[] = []
  const line = meanwhile && lineIn(meanwhile)
  if (meanwhile) {
    const act = async () => {
      if (line === undefined)
        await interferences[meanwhile.does as InterferenceName].does(account).catch(inVain)
      // Not waited for: the two run side by side.
      else other = runAmongOthers(account, line)
    }
    moments.push({afterCalls: meanwhile.afterCalls, act})
  }
  if (interrupt)
    moments.push({afterCalls: interrupt.afterCalls, act: () => void process.emit(interrupt.signal)})
  try {
    const run = line === undefined ? runCommand : runAmongOthers
    const {result: ended, calls} = await atMoments(account, moments, () => run(account, command))
    const since = meanwhile && calls.since[0]
    const isLate = since !== undefined && since < calls.made && since < lastLooks
    return {ended, other: await other, isLate}
  } finally {
    await other?.catch(() => {})
  }
}

/** The command that somebody runs. */
export function lineIn({does}: Meanwhile): string | undefined {
  return /^runs (mcpgw .*)$/.exec(does)?.[1]
}

/** AWS refuses what is not possible at that moment, or what is gone already. */
function inVain(error: unknown): void {
  if (!(error instanceof Error) || !('$metadata' in error)) throw error
}
