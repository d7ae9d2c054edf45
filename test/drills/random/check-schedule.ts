import type {Account} from '../../../src/rehearsal/account/account.js'
import {catalogue} from '../../../src/rehearsal/faults/catalogue.js'
import {faultOf} from '../../../src/rehearsal/faults/fault.js'
import {DrillAccount} from '../harness/account.js'
import {type Ended, runCommand} from '../harness/command.js'
import {dataIn} from '../harness/data.js'
import {type Goal, goalOf} from '../harness/drill.js'
import {followAdvice, missingTo} from '../harness/follow.js'
import {type Interference, type InterferenceName, interferences} from '../harness/interference.js'
import {existingStacks, losses} from '../harness/oracle.js'
import {outcomeOf, type Report} from '../harness/run-drill.js'
import {disagreements} from '../harness/shown.js'
import {stateOf} from '../harness/states.js'
import {type Lived, lineIn, liveThrough} from './live-through.js'
import {howToRepeat} from './print.js'
import type {Schedule} from './schedule.js'

/** docs/errors.md. */
const documentedExitCodes = [0, 1, 2, 3, 4, 130]

/** What must hold beyond the rules below; a test plants one that does not. */
export type Rule = (schedule: Schedule, ended: Ended) => string[]

/**
 * Lives through a schedule.
 * @returns how it went
 * @throws when mcpgw lies about the end, takes what is not its own, or leaves somebody without a next step; the message has
 * the entry of a table that repeats it
 */
export async function checkSchedule(schedule: Schedule, rules: readonly Rule[] = []): Promise<Report> {
  const account = await DrillAccount.serve(await stateOf(schedule.start))
  try {
    return await checkIn(account, schedule, rules)
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${howToRepeat(schedule)}`, {
      cause: error,
    })
  } finally {
    await account.stop()
  }
}

async function checkIn(account: DrillAccount, schedule: Schedule, rules: readonly Rule[]): Promise<Report> {
  const before: Account = JSON.parse(await stateOf('empty'))
  const goal = goalOf(schedule)
  await account.setFaults(schedule.faults)
  const lived = await liveThrough(account, schedule)
  const {ended, other} = lived
  const after = await account.state()
  for (const rule of rules) refuse(rule(schedule, ended), 'breaks a rule', ended)
  refuse(losses(after, before), 'took from other people', ended)
  for (const each of other ? [ended, other] : [ended]) refuseDefects(each)
  refuseLies(lived, schedule, {after, before})
  const isSeen = other === undefined && !lived.isLate
  if (isSeen) refuse(await disagreementsUnder(account, ended), 'says something else than AWS shows', ended)
  await account.clearFaults()
  const deed: Interference | undefined =
    schedule.meanwhile && interferences[schedule.meanwhile.does as InterferenceName]
  await deed?.undoes?.(account)
  const onEnded = async (next: Ended) => {
    refuse(await disagreements(account, next), 'says something else than AWS shows', next)
  }
  const isThere = missingTo(goal, await account.state(), before).length === 0
  if (ended.exitCode === 0 && isThere) return {outcome: outcomeOf(ended), followed: []}
  const first = ended.exitCode === 0 ? await lookAgain(account, schedule, {goal, before}) : ended
  const data = dataIn(await account.state())
  const followed = await followAdvice(account, first, {goal, before, onEnded})
  const end = await account.state()
  refuse(losses(end, before), 'took from other people on the way', ended)
  // A creation that failed has no data; and what a command says that it loses, it may lose.
  const isKept = goal === 'healthy' && /^(deployed|individual)$/.test(schedule.start)
  if (isKept && !followed.some(line => / --(replace|accept-loss)/.test(line))) {
    const gone = [...data].filter(one => !dataIn(end).has(one))
    refuse(gone, `led to the loss of data by ${followed.join(', then ')}`, ended)
  }
  return {outcome: outcomeOf(ended), followed}
}

/** What came too late for the command is seen by the next look. */
async function lookAgain(
  account: DrillAccount,
  {command}: Schedule,
  {goal, before}: {goal: Goal; before: Account},
): Promise<Ended> {
  const ended = await runCommand(account, goal === 'healthy' ? 'mcpgw verify' : command)
  if (ended.exitCode === 0) {
    refuse(missingTo(goal, await account.state(), before), `says that all is ${goal}, which it is not`, ended)
  }
  return ended
}

/** What refuses calls would refuse the oracle's, too: it asks a copy of the account that answers everything. */
async function disagreementsUnder(account: DrillAccount, ended: Ended): Promise<string[]> {
  const state = await account.state()
  const {faults: all = []} = state
  const faults = all.filter(set => catalogue[faultOf(set).kind].nature !== 'occasion')
  if (faults.length === all.length) return disagreements(account, ended)
  const copy = await DrillAccount.serve(JSON.stringify({...state, faults}))
  try {
    return await disagreements(copy, ended)
  } finally {
    await copy.stop()
  }
}

function refuseDefects(ended: Ended): void {
  const {exitCode, error} = ended
  if (!documentedExitCodes.includes(exitCode))
    refuse([String(exitCode)], 'ended with an undocumented code', ended)
  if (error?.code === 'INTERNAL') refuse([error.message], 'has a defect', ended)
}

function refuseLies(
  {ended, isLate}: Lived,
  schedule: Schedule,
  {after, before}: {after: Account; before: Account},
): void {
  const {exitCode, error} = ended
  const goal = goalOf(schedule)
  const missing = missingTo(goal, after, before)
  // What two people want at once is what the last of them wants.
  const isContested = schedule.meanwhile !== undefined && lineIn(schedule.meanwhile) !== undefined
  if (exitCode === 0 && !isLate && !isContested)
    refuse(missing, `says that all is ${goal}, which it is not`, ended)
  // Whoever says that CloudFormation failed must not be contradicted by CloudFormation.
  const saysItFailed = error?.code === 'STACK_FAILED' || error?.code === 'STACK_DELETED'
  if (saysItFailed && missing.length === 0 && !hasTurnedBack(after) && !isContested)
    refuse([error.message], 'says it failed, and it did not', ended)
}

/** A rolled back update leaves a healthy environment, and has failed all the same. */
function hasTurnedBack(account: Account): boolean {
  return Object.values(existingStacks(account)).some(status => status.includes('ROLLBACK'))
}

function refuse(findings: readonly string[], what: string, ended: Ended): void {
  if (findings.length === 0) return
  throw new Error(`${ended.line} ${what}: ${findings.join('; ')}\n${ended.stdout}${ended.stderr}`)
}
