import {expect} from 'vitest'
import type {Account} from '../../../src/rehearsal/account/account.js'
import {DrillAccount} from './account.js'
import {type Ended, runAtOnce, runCommand, runWhen} from './command.js'
import {type Drill, type Expectation, goalOf} from './drill.js'
import {followAdvice, missingTo} from './follow.js'
import {advised} from './next-step.js'
import {existingStacks, losses} from './oracle.js'
import {interrupted, stateOf} from './states.js'

/** How a drill went, for the table that `npm run drills` prints. */
export interface Report {
  /** Such as `1 STACK_FAILED`. */
  outcome: string
  /** The commands that led to the goal after it. */
  followed: readonly string[]
}

/**
 * Runs a drill: the command under its faults, what it must have ended with, and, when the faults are over, the advice
 * that it gave until the environment is healthy, or gone. Health, and whether other people's things are all there, is
 * read in the account itself.
 */
export async function runDrill(drill: Drill): Promise<Report> {
  const {start, faults = [], begunBefore = 0, beside} = drill
  const account = await DrillAccount.serve(await stateOf(start))
  const [empty, goal] = [JSON.parse(await stateOf('empty')) as Account, goalOf(drill)]
  try {
    await account.setFaults(faults)
    await account.pass(begunBefore)
    const [ended, other] = await commandsOf(account, drill)
    compare(ended, drill.expect)
    if (other && beside) compare(other, beside.expect)
    const then = await account.state()
    expect(losses(then, empty), 'what other people lost').toEqual([])
    if (ended.exitCode === 0 && drill.leaves !== undefined) {
      expect(existingStacks(then), 'the existing stacks').toEqual(drill.leaves)
    } else if (ended.exitCode === 0) {
      expect(
        missingTo(goal, then, empty),
        `what is missing although ${ended.line} says it is ${goal}`,
      ).toEqual([])
      return {outcome: outcomeOf(ended), followed: []}
    }
    await account.clearFaults()
    const followed = await followAdvice(account, ended, {goal, before: empty})
    expect(losses(await account.state(), empty), 'what other people lost').toEqual([])
    return {outcome: outcomeOf(ended), followed}
  } finally {
    await account.stop()
  }
}

async function commandsOf(account: DrillAccount, drill: Drill): Promise<[Ended, Ended?]> {
  const {command, interruptAt, beside} = drill
  if (beside?.at) return runWhen(account, command, {line: beside.command, at: beside.at})
  if (beside) return (await runAtOnce(account, [command, beside.command])) as [Ended, Ended]
  if (interruptAt) return [await interrupted(account, `${command} --text`, interruptAt)]
  return [await runCommand(account, command)]
}

export function outcomeOf(ended: Ended): string {
  const code = ended.error?.code ?? (ended.exitCode === 1 ? 'NOT_HEALTHY' : '')
  return `${ended.exitCode} ${code}`.trim()
}

/** Fails the test where a command ended otherwise. */
export function compare(ended: Ended, expected: Expectation): void {
  const {exit, code, resource, message, next, operation} = expected
  const {error, document, exitCode} = ended
  const {diagnosis} = document ?? {}
  const said = `${ended.line} said:\n${ended.stdout}\n${ended.stderr}`
  expect(exitCode, said).toBe(exit)
  if (code === 'NOT_HEALTHY') expect((document?.verification ?? document)?.healthy, said).toBe(false)
  else if (code !== undefined) expect(error?.code, said).toBe(code)
  const failing = diagnosis && `${diagnosis.stack}/${diagnosis.logicalId}`
  if (resource !== undefined) expect(error?.resource ?? failing, said).toMatch(whole(resource))
  if (message !== undefined)
    expect(error ? `${error.message} ${error.cause ?? ''}` : reasonsIn(document), said).toMatch(message)
  if (next !== undefined) expect(advised(ended)[0] ?? error?.hint, said).toMatch(next)
  if (operation !== undefined) expect(document?.operation, said).toBe(operation)
}

function whole(resource: string | RegExp): RegExp {
  return typeof resource === 'string' ? new RegExp(`^${resource}$`) : resource
}

/** What a document says of what was found or done, one a line. */
function reasonsIn(document: any): string {
  const {services = [], targetGroups = [], endpoints = []} = document?.verification ?? document ?? {}
  const {diagnosis, checks = [], cancelled = [], remaining = [], unknown = []} = document ?? {}
  return [
    ...[...services, ...targetGroups, ...endpoints, ...remaining, ...unknown].map(
      ({name, reason}) => reason && `${name}: ${reason}`,
    ),
    diagnosis?.reason,
    ...checks.map(({id, verdict, detail}: any) => verdict === 'block' && `(${id}): ${detail}`),
    ...cancelled.map(({stack, from, status}: any) => `${stack}: ${from} -> ${status}`),
  ]
    .filter(Boolean)
    .join('\n')
}
