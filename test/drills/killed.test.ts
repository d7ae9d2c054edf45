import type {ChildProcess} from 'node:child_process'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Account} from '../../src/rehearsal/account/account.js'
import {deploySurvey, deployWorkflow} from '../../src/workflows/deploy.js'
import {teardownSurvey, teardownWorkflow} from '../../src/workflows/teardown.js'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import type {Goal} from './harness/drill.js'
import {missingTo} from './harness/follow.js'
import {type Moment, runAndKill, runUntil} from './harness/killed.js'
import {losses} from './harness/oracle.js'
import {type StartState, stateOf} from './harness/states.js'

/** The steps that a run meets on the way: all but those that it leaves out while there is nothing for them to do. */
async function stepsMet(
  start: StartState,
  line: string,
  workflows: readonly {steps: readonly {title: string; skip?: unknown}[]}[],
) {
  const account = await DrillAccount.serve(await stateOf(start))
  const {stderr} = await runCommand(account, `${line} --text`).finally(() => account.stop())
  const isMet = (step: {title: string}) => atTheBeginningOf(step).test(stderr)
  const steps = workflows.flatMap(workflow => workflow.steps)
  expect(steps.filter(step => step.skip === undefined && !isMet(step))).toEqual([])
  return steps.filter(isMet)
}

/** Kills a command at one moment after the other, each time running it again, and at last lets it come to its end. */
async function killAgainAndAgain(options: {
  start: StartState
  line: string
  moments: readonly Moment[]
  goal: Goal
}) {
  const {start, line, moments, goal} = options
  const account = await DrillAccount.serve(await stateOf(start))
  const before: Account = JSON.parse(await stateOf('empty'))
  try {
    for (const moment of moments) await runAndKill(account, line, moment)
    const ended = await runCommand(account, line)
    expect(ended.exitCode, ended.stdout).toBe(0)
    const after = await account.state()
    expect(missingTo(goal, after, before)).toEqual([])
    expect(losses(after, before)).toEqual([])
  } finally {
    await account.stop()
  }
}

/** Some twenty processes begin one after the other, which takes minutes on a busy machine. */
const patience = 600_000

/** What a step says when it begins. */
function atTheBeginningOf({title}: {title: string}): RegExp {
  return new RegExp(`${title} …`)
}

test(
  'mcpgw deploy is killed at the beginning of each of its steps',
  async () => {
    const steps = await stepsMet('empty', 'mcpgw deploy', [deploySurvey, deployWorkflow])
    await killAgainAndAgain({
      start: 'empty',
      line: 'mcpgw deploy',
      moments: steps.map(atTheBeginningOf),
      goal: 'healthy',
    })
  },
  patience,
)

test(
  'mcpgw teardown is killed at the beginning of each of its steps',
  async () => {
    const steps = await stepsMet('individual', 'mcpgw teardown', [teardownSurvey, teardownWorkflow])
    await killAgainAndAgain({
      start: 'individual',
      line: 'mcpgw teardown',
      moments: steps.map(atTheBeginningOf),
      goal: 'clean',
    })
  },
  patience,
)

const seed = Number(process.env.DRILL_SEED ?? 5)
const someMoments = fc.sample(fc.integer({min: 0, max: 500}), {seed, numRuns: 4})

test(`mcpgw deploy is killed ${someMoments.slice(0, 2).join(' and ')} ms after its first word`, () =>
  killAgainAndAgain({
    start: 'no-services',
    line: 'mcpgw deploy --layout individual',
    moments: someMoments.slice(0, 2),
    goal: 'healthy',
  }))

test(`mcpgw teardown is killed ${someMoments.slice(2).join(' and ')} ms after its first word`, () =>
  killAgainAndAgain({
    start: 'individual',
    line: 'mcpgw teardown',
    moments: someMoments.slice(2),
    goal: 'clean',
  }))

/** A process in the middle of its work, the signal that it gets then, and what that comes to. */
async function signalled(
  start: StartState,
  line: string,
  act: (child: ChildProcess, account: DrillAccount) => unknown,
  check: (account: DrillAccount, gone: Awaited<ReturnType<typeof runUntil>>) => Promise<void>,
) {
  const account = await DrillAccount.serve(await stateOf(start))
  try {
    const moment = line.includes('teardown') ? /services: DELETE_COMPLETE/ : /services: CREATE_IN_PROGRESS/
    await check(account, await runUntil(account, line, moment, child => act(child, account)))
  } finally {
    await account.stop()
  }
}

test.each([
  ['no-services', 'mcpgw deploy --layout individual', 'healthy'],
  ['individual', 'mcpgw teardown', 'clean'],
] as const)(
  'a terminal that is closed (SIGHUP) ends the waiting of %s: %s, and it continues',
  (start, line, goal) =>
    signalled(
      start,
      line,
      child => child.kill('SIGHUP'),
      async (account, {exitCode, output}) => {
        expect(exitCode, output).toBe(130)
        // A stack may come to its end at the very moment of the signal.
        expect(output).toMatch(
          /What was started (?:continues in the embedded account|in the embedded account has ended)/,
        )
        const ended = await runCommand(account, line)
        expect(ended.exitCode, ended.stdout).toBe(0)
        expect(missingTo(goal, await account.state(), JSON.parse(await stateOf('empty')))).toEqual([])
      },
    ),
)

/** Longer than what runs takes: whoever sleeps finds that all has happened without them. */
const asleepSeconds = 3600

test.each([
  ['no-services', 'mcpgw deploy --layout individual', 'healthy'],
  ['individual', 'mcpgw teardown', 'clean'],
] as const)(
  'a process that is stopped for an hour (SIGSTOP) continues where AWS has come to: %s, %s',
  (start, line, goal) => {
    let slept: Promise<unknown> = Promise.reject(new Error('It ended before it was stopped.'))
    slept.catch(() => {})
    return signalled(
      start,
      line,
      (child, account) => {
        child.kill('SIGSTOP')
        slept = account.pass(asleepSeconds).finally(() => child.kill('SIGCONT'))
      },
      async (account, {exitCode, output}) => {
        await slept
        expect(exitCode, output).toBe(0)
        expect(missingTo(goal, await account.state(), JSON.parse(await stateOf('empty')))).toEqual([])
      },
    )
  },
)
