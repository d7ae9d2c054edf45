import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {missingTo} from './harness/follow.js'
import {commandsInHint} from './harness/next-step.js'
import {ruleOf, runAwsCommands, runSituation} from './harness/rule-drill.js'
import {type StartState, stateOf} from './harness/states.js'
import {builds} from './situations/builds.js'
import {deletedByHand} from './situations/by-hand.js'
import {certificates} from './situations/certificates.js'
import {deletion} from './situations/deletion.js'
import {lifted, liftedDeletions, liftedElsewhere, liftedTasks, wordsOfRule} from './situations/lifted.js'
import {meanwhile} from './situations/meanwhile.js'
import {names} from './situations/names.js'
import {passingFailures} from './situations/passing.js'
import {quotas} from './situations/quotas.js'
import {stacks} from './situations/stacks.js'
import {tasks} from './situations/tasks.js'

describe.each([
  {area: 'what keeps from deleting', situations: deletion},
  {area: 'what somebody deletes by hand', situations: deletedByHand},
  {area: 'names that are taken', situations: names},
  {area: 'image builds', situations: builds},
  {area: 'stacks, keys and secrets', situations: stacks},
  {area: 'certificates', situations: certificates},
  {area: 'quotas', situations: quotas},
  {area: 'what somebody does meanwhile', situations: meanwhile},
  {area: 'tasks', situations: tasks},
  {area: 'what passes by itself', situations: passingFailures},
])('the advice leads to a good end: $area', ({situations}) => {
  for (const situation of situations) {
    test(situation.rule, async ({task}) => {
      task.meta.drill = await runSituation(situation)
    })
  }
})

/** One account, each from what the one before it left: half the time of a healthy end after each. */
describe('the advice leads to a good end: what somebody else lifts', () => {
  const {refused, diagnosed, goodEnd} = inOneAccount('no-services', 'mcpgw deploy --layout individual')

  test.each(lifted)('%s', rule => refused(rule, `fail-create RegistryService message="${wordsOfRule(rule)}"`))

  test.each(liftedTasks)('%s, in the words of ECS', async (rule, code) => {
    const words = wordsOfRule(rule, 'AWS::ECS::Service')
    await refused(rule, `fail-task mcp-gateway-registry message="${words}" code=${code}`)
    expect(await diagnosed(), 'by diagnose').toBe(rule)
  })

  goodEnd('healthy')
})

describe.each(liftedElsewhere)('the advice leads to a good end: what is lifted, $start', ({start, rules}) => {
  const {refused, goodEnd} = inOneAccount(start, 'mcpgw deploy --layout individual')

  for (const [rule, resource, words = wordsOfRule(rule)] of rules) {
    test(rule, () => refused(rule, `fail-create ${resource} message="${words}"`))
  }

  goodEnd('healthy')
})

describe('the advice leads to a good end: what keeps a teardown', () => {
  const {refused, goodEnd} = inOneAccount('individual', 'mcpgw teardown')

  test.each(liftedDeletions)('%s', rule =>
    refused(rule, `fail-delete AWS::EC2::VPC message="${wordsOfRule(rule)}"`),
  )

  goodEnd('clean')
})

/** Refusals one after the other, and the end once all are over. */
function inOneAccount(start: StartState, command: string) {
  let account: DrillAccount
  beforeAll(async () => {
    account = await DrillAccount.serve(await stateOf(start))
  })
  afterAll(() => account.stop())

  /** Until it is lifted; every command of its advice is run that looks, and the last one is the one to continue with. */
  async function refused(rule: string, fault: string): Promise<void> {
    await account.setFaults([fault])
    const ended = await runCommand(account, command)
    await account.clearFaults()
    expect(ruleOf(ended), ended.stdout).toBe(rule)
    const commands = commandsInHint(ended.error?.hint ?? '')
    await runAwsCommands(account, commands)
    expect(commands.at(-1)).toBe(command.replace(/^mcpgw \w+/, '$& --rehearse'))
  }

  async function diagnosed(): Promise<string | undefined> {
    return ruleOf(await runCommand(account, 'mcpgw diagnose'))
  }

  function goodEnd(goal: 'healthy' | 'clean'): void {
    test('all of them once lifted', async () => {
      const ended = await runCommand(account, command)
      expect(ended.exitCode, ended.stdout).toBe(0)
      const before = JSON.parse(await stateOf('empty'))
      expect(missingTo(goal, await account.state(), before)).toEqual([])
    })
  }

  return {refused, diagnosed, goodEnd}
}
