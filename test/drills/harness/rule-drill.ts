import {expect} from 'vitest'
import {knownFailures} from '../../../src/diagnosis/known-failures/index.js'
import type {Account} from '../../../src/rehearsal/account/account.js'
import {quotas} from '../../../src/rehearsal/account/quotas.js'
import {DrillAccount} from './account.js'
import {runAwsCommand} from './aws-command.js'
import {optionsOf, readWithAws} from './aws-read.js'
import {type Ended, runCommand} from './command.js'
import {type Goal, goalOf} from './drill.js'
import {missingTo} from './follow.js'
import {atMoments} from './moments.js'
import {commandsInHint} from './next-step.js'
import {losses} from './oracle.js'
import type {Report} from './run-drill.js'
import {type StartState, stateOf} from './states.js'
import {wordsOf} from './words.js'

/** What a situation has at hand. */
export interface Scene {
  account: DrillAccount
  /** The physical id of a resource of the environment, as it was at the beginning. */
  id(logicalId: string): string
}

/** The situation that a rule of the catalogue speaks of, and what its advice leaves to a person. */
export interface Situation {
  /** The id of the rule. */
  rule: string
  start: StartState
  /** A function where it says what `make` has made. */
  command: string | (() => string)
  /** @default by the command */
  goal?: Goal
  /** What somebody did before. */
  make?(scene: Scene): Promise<unknown>
  /** What somebody does while the command runs, before its next call; again until it does not give false. */
  during?(scene: Scene): Promise<unknown>
  /** What AWS refuses; over when the advice has been read, because that is what the advice waits for or asks for. */
  faults?: (scene: Scene) => readonly string[]
  /** The faults do not go by themselves: a command of the advice is to end them. */
  lasting?: true | undefined
  /**
   * What the advice has a person do without a command of its own, such as in a console, with nothing but what the commands
   * that it printed answered, in their order.
   */
  byHand?(scene: Scene, answers: readonly any[]): Promise<unknown>
  /** The words of the advice that `byHand` does, so that it cannot do what is not advised. */
  says?: RegExp
  /** What the user has made and the advice keeps: it is there in the end, and nothing else of the kind. */
  kept?: RegExp
  /** `mcpgw diagnose` finds the same afterwards. */
  diagnosed?: true
}

/** More than that many commands of its own nobody types. */
const patience = 4

/** Makes a situation, has it diagnosed by its rule, and does what that advises until the goal is reached. */
export async function runSituation(situation: Situation): Promise<Report> {
  const {start, faults, lasting, rule, make, during, byHand, says, diagnosed, kept} = situation
  const account = await DrillAccount.serve(await stateOf(start))
  const empty = JSON.parse(await stateOf('empty')) as Account
  try {
    const scene = {account, id: idsIn(await account.state())}
    await make?.(scene)
    const command = typeof situation.command === 'string' ? situation.command : situation.command()
    const goal = goalOf({command, goal: situation.goal})
    await account.setFaults(faults?.(scene) ?? [])
    const run = () => runCommand(account, command)
    const ended = during
      ? (await atMoments(account, [{afterCalls: 0, act: () => during(scene)}], run)).result
      : await run()
    expect(ruleOf(ended), `${ended.stdout}${ended.stderr}`).toBe(rule)
    if (says) expect(hintOf(ended)).toMatch(says)
    if (diagnosed) expect(ruleOf(await runCommand(account, 'mcpgw diagnose')), 'by diagnose').toBe(rule)
    if (!lasting) await account.clearFaults()
    const followed: string[] = []
    let last = await follow(scene, ended, {goal, followed, byHand})
    const lacking = async () => missingTo(goal, await account.state(), empty).filter(one => !kept?.test(one))
    while ((await lacking()).length > 0 || last.exitCode !== 0) {
      const missing = await lacking()
      const state = `Not ${goal} after ${followed.join(', then ')}: ${missing.join(', ')}\n${last.stdout}`
      if (followed.length >= patience || last.exitCode === 0) throw new Error(state)
      last = await follow(scene, last, {goal, followed})
    }
    if (kept)
      expect(missingTo(goal, await account.state(), empty)).toContainEqual(expect.stringMatching(kept))
    expect(losses(await account.state(), empty), 'what other people lost').toEqual([])
    return {outcome: `${ended.exitCode} ${rule}`, followed}
  } finally {
    await account.stop()
  }
}

/** The rule by which a failure was explained, or a service that is not well; a meaning is in the catalogue once. */
export function ruleOf({error, document}: Ended): string | undefined {
  const told = error?.diagnosis?.meaning ?? document?.diagnosis?.meaning
  return knownFailures.find(({meaning}) => meaning === told || ofServices(document).includes(`${meaning} `))
    ?.id
}

/** What a run says is to be done. */
function hintOf({error, document}: Ended): string {
  if (error) return error.hint ?? ''
  if (document?.diagnosis) return `${document.diagnosis.advice} ${document.next}`
  const reasons = ofServices(document)
  const meaning = knownFailures.map(known => known.meaning).find(text => reasons.includes(`${text} `))
  return meaning === undefined ? '' : reasons.slice(reasons.indexOf(meaning) + meaning.length + 1)
}

/** What `verify` says of services. */
function ofServices(document: any): string {
  const services: {reason: string | null}[] = document?.services ?? []
  return services.flatMap(({reason}) => reason ?? []).join('\n')
}

/** Runs every command of a hint, what a person does between those that look and the one of mcpgw that ends it. */
async function follow(
  scene: Scene,
  ended: Ended,
  {goal, followed, byHand}: {goal: Goal; followed: string[]; byHand?: Situation['byHand']},
): Promise<Ended> {
  const {account} = scene
  // What is to be done "if it fails again" is not done before it has.
  const hint = hintOf(ended).replace(/[;.] if it fails again.*?\.(?= [A-Z]|$)/i, '.')
  const commands = commandsInHint(hint)
  const answers = await runAwsCommands(account, commands, followed)
  await byHand?.(scene, answers)
  // What the advice begins with is done before what continues after any advice.
  const first = /^Run `(mcpgw [^`]+)`/.exec(hint)?.[1]
  // Whoever wants to be rid of it takes the way that says so, where there are two.
  const rid = goal === 'clean' ? /`(mcpgw teardown[^`]*)`/.exec(hint)?.[1] : undefined
  const next = first ?? rid ?? commands.findLast(each => each.startsWith('mcpgw ')) ?? ended.line
  followed.push(next)
  return runCommand(account, next)
}

/** Runs those of the AWS CLI. @returns what those that look have answered */
export async function runAwsCommands(
  account: DrillAccount,
  commands: readonly string[],
  followed: string[] = [],
): Promise<unknown[]> {
  const answers: unknown[] = []
  for (const command of commands.filter(each => each.startsWith('aws '))) {
    if (/^aws [\w-]+ ((describe|list|get)-\S+|tail) (?!.*; )/.test(command))
      answers.push(await readWithAws(account, command))
    else if (command.startsWith('aws service-quotas ')) await raiseQuota(account, command)
    else await runAwsCommand(account, command)
    followed.push(command)
  }
  return answers
}

/** As AWS Support does that grants what was asked for. */
async function raiseQuota(account: DrillAccount, command: string): Promise<void> {
  const {'quota-code': code, 'desired-value': value} = optionsOf(wordsOf(command))
  // Of a quota that the account does not enforce the words were a fault, which is over.
  if (Object.values(quotas).some(quota => quota.code === code))
    await account.setFaults(['clear', `quota ${code} value=${value}`])
}

/** The physical ids of the resources of all stacks that exist, by their logical ids. */
export function idsIn({regions}: Account): (logicalId: string) => string {
  const resources = Object.values(regions['us-west-2']?.stacks ?? {})
    .filter(({status}) => status !== 'DELETE_COMPLETE')
    .flatMap(stack => Object.values(stack.resources))
  return logicalId => {
    const found = resources.find(resource => resource.logicalId === logicalId)
    if (!found) throw new Error(`No resource ${logicalId}`)
    return found.physicalId
  }
}
