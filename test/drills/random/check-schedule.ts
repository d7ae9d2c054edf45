import type {Account} from '../../../src/rehearsal/account/account.js'
import {DrillAccount} from '../harness/account.js'
import {type Ended, runCommand} from '../harness/command.js'
import {type Goal, goalOf} from '../harness/drill.js'
import {followAdvice, missingTo} from '../harness/follow.js'
import {losses, standingStacks} from '../harness/oracle.js'
import {outcomeOf, type Report} from '../harness/run-drill.js'
import {stateOf} from '../harness/states.js'
import type {Schedule} from './schedule.js'

/** docs/errors.md. */
const documentedExitCodes = [0, 1, 2, 3, 4, 130]

/**
 * Lives through a schedule.
 * @returns how it went
 * @throws when mcpgw lies about the end, takes what is not its own, or leaves somebody without a way on
 */
export async function checkSchedule(schedule: Schedule): Promise<Report> {
  const account = await DrillAccount.serve(await stateOf(schedule.start))
  const before: Account = JSON.parse(await stateOf('empty'))
  const goal = goalOf(schedule)
  try {
    await account.setFaults(schedule.faults)
    const ended = await runThrough(account, schedule)
    const after = await account.state()
    refuse(losses(after, before), 'took from other people', ended)
    refuseLies(ended, goal, {after, before})
    await account.clearFaults()
    const isOver = ended.exitCode === 0 && missingTo(goal, after, before).length === 0
    const followed = isOver ? [] : await followAdvice(account, ended, {goal, before})
    refuse(losses(await account.state(), before), 'took from other people on the way on', ended)
    return {outcome: outcomeOf(ended), followed}
  } finally {
    await account.stop()
  }
}

async function runThrough(account: DrillAccount, {command, interruptAfter}: Schedule): Promise<Ended> {
  if (interruptAfter === undefined) return runCommand(account, command)
  let pieces = 0
  return runCommand(account, `${command} --text`, {
    onOutput() {
      pieces += 1
      if (pieces === interruptAfter) process.emit('SIGINT')
    },
  })
}

function refuseLies(ended: Ended, goal: Goal, {after, before}: {after: Account; before: Account}): void {
  const {exitCode, error} = ended
  if (!documentedExitCodes.includes(exitCode))
    refuse([String(exitCode)], 'ended with an undocumented code', ended)
  if (error?.code === 'INTERNAL') refuse([error.message], 'has a defect', ended)
  if (exitCode === 0)
    refuse(missingTo(goal, after, before), `says that all is ${goal}, which it is not`, ended)
  // Whoever says that CloudFormation failed must not be contradicted by CloudFormation.
  const saysItFailed = error?.code === 'STACK_FAILED' || error?.code === 'STACK_DELETED'
  const isWell = missingTo(goal, after, before).length === 0
  if (saysItFailed && isWell && !hasTurnedBack(after))
    refuse([error.message], 'says it failed, and it did not', ended)
}

/** A rolled back update leaves a healthy environment, and has failed all the same. */
function hasTurnedBack(account: Account): boolean {
  return Object.values(standingStacks(account)).some(status => status.includes('ROLLBACK'))
}

function refuse(findings: readonly string[], what: string, ended: Ended): void {
  if (findings.length === 0) return
  throw new Error(`${ended.line} ${what}: ${findings.join('; ')}\n${ended.stdout}${ended.stderr}`)
}
