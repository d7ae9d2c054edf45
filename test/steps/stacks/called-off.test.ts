import {beforeEach, expect, test} from 'vitest'
import {firstCause} from '../../../src/diagnosis/first-cause.js'
import type {McpgwError} from '../../../src/errors.js'
import type {StackProgress} from '../../../src/progress.js'
import {lastOperation} from '../../../src/steps/diagnose/last-operation.js'
import {OperationRecord} from '../../../src/steps/stacks/record.js'
import {deploySurvey, deployWorkflow} from '../../../src/workflows/deploy.js'
import {runWorkflow} from '../../../src/workflows/run-workflow.js'
import {teardown, teardownSurvey} from '../../../src/workflows/teardown.js'
import {watch} from '../../../src/workflows/watch.js'
import {deployContext, listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const tags = {'mcpgw:environment': 'demo'}
const stackType = 'AWS::CloudFormation::Stack'
const why = 'Delete canceled. Cannot delete export demo-VpcId as it is in use by other.'
const words = `CloudFormation called the deletion of stack demo off, and it is as before, in UPDATE_COMPLETE: ${why.slice(0, -1)}`

let aws: FakeAws
let clock: ReturnType<typeof virtualClock>
let heard: ReturnType<typeof listener>
const signal = new AbortController().signal

beforeEach(() => {
  clock = virtualClock()
  aws = new FakeAws(clock)
  heard = listener()
})

/** A complete stack that somebody else deletes; CloudFormation calls that off 20 s later. */
function deletedInVain(name = 'demo', previous = 'UPDATE_COMPLETE'): string {
  const id = aws.stacks.putStack(name, previous, {tags})
  aws.stacks.happen(id, name, stackType, 'DELETE_IN_PROGRESS', 0)
  aws.stacks.happen(id, name, stackType, previous, 20, why)
  return id
}

test('deploy waits for it, says that it was called off, and makes the update that was asked for', async () => {
  deletedInVain()
  const context = deployContext(aws, clock, {verify: false})
  const tools = {clock, tell: heard.tell, signal}
  await runWorkflow(deploySurvey, context, tools)
  await runWorkflow(deployWorkflow, context, tools)
  expect(aws.stacks.calls).toEqual(['update demo'])
  expect(heard.notes()).toContain(words)
})

test('deploy says so of a nested stack, too', async () => {
  aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags})
  const id = aws.stacks.alone('demo', 'compute', 'DELETE_IN_PROGRESS')
  const name = id.split('/')[1] ?? ''
  aws.stacks.happen(id, name, stackType, 'CREATE_COMPLETE', 20, why)
  const context = deployContext(aws, clock, {verify: false})
  const tools = {clock, tell: heard.tell, signal}
  await runWorkflow(deploySurvey, context, tools)
  await runWorkflow(deployWorkflow, context, tools)
  expect(aws.stacks.calls).toEqual(['update demo'])
  expect(heard.notes().join('\n')).toContain(`called the deletion of stack ${name} off`)
})

test('teardown follows it, then deletes the stack itself', async () => {
  deletedInVain()
  const context = teardownContext(aws, clock)
  await runWorkflow(teardownSurvey, context, {clock, tell: heard.tell, signal})
  const {removed, remaining} = await teardown(context, {startedAt: clock.now(), tell: heard.tell, signal})
  expect(aws.stacks.calls).toEqual(['delete demo', 'delete demo'])
  expect(heard.notes()).toContain(`${words}. Deleting it now`)
  expect(removed.find(({stack}) => stack === 'demo')).toMatchObject({status: 'DELETE_COMPLETE'})
  expect(remaining).toEqual([])
})

test('teardown whose own deletion is called off says that, why, and that the stack still exists', async () => {
  const id = aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags})
  await clock.sleep(3_600_000, signal)
  // Called off before anybody looks.
  aws.stacks.delete = async () => {
    aws.stacks.happen(id, 'demo', stackType, 'DELETE_IN_PROGRESS', 0)
    aws.stacks.happen(id, 'demo', stackType, 'CREATE_COMPLETE', 0, why)
  }
  const context = teardownContext(aws, clock)
  const began = clock.now()
  await runWorkflow(teardownSurvey, context, {clock, tell: heard.tell, signal})
  const error: McpgwError = await teardown(context, {startedAt: began, tell: heard.tell, signal}).then(
    () => Promise.reject(new Error('done')),
    thrown => thrown,
  )
  expect(error).toMatchObject({code: 'STACK_FAILED', resource: 'demo'})
  expect(error.message).toBe(`${words.replace('UPDATE_COMPLETE', 'CREATE_COMPLETE')}.`)
  expect(error.hint).toMatch(/`mcpgw teardown/)
  const told = heard.events.flatMap(event => (event.kind === 'stack-event' ? [event.event.status] : []))
  expect(told).toEqual(['DELETE_IN_PROGRESS', 'CREATE_COMPLETE'])
  expect(clock.now() - began).toBeLessThan(60_000)
})

test('watch ends well, and names the command that looks at what exists', async () => {
  deletedInVain()
  const commandLine = (command: string) => `mcpgw ${command}`
  const context = {aws, clock, environment: 'demo', commandLine, record: new OperationRecord()}
  expect(await watch(context, {startedAt: clock.now(), tell: heard.tell, signal})).toMatchObject({
    operation: 'delete',
    next: 'Run `mcpgw verify`.',
    stacks: expect.arrayContaining([expect.objectContaining({name: 'demo', status: 'UPDATE_COMPLETE'})]),
  })
  expect(heard.notes()).toContain(words)
})

test('diagnose reads what was before it: it is not why the stack is as it is', async () => {
  const id = aws.stacks.putStack('demo-network', 'UPDATE_IN_PROGRESS', {tags})
  aws.stacks.happen(id, 'Vpc', 'AWS::EC2::VPC', 'UPDATE_FAILED', 0, 'The VPC is gone')
  aws.stacks.happen(id, 'demo-network', stackType, 'UPDATE_ROLLBACK_COMPLETE', 0)
  aws.stacks.happen(id, 'demo-network', stackType, 'DELETE_IN_PROGRESS', 0)
  aws.stacks.happen(id, 'demo-network', stackType, 'UPDATE_ROLLBACK_COMPLETE', 0, why)
  const stack = await aws.stacks.describe(id)
  if (stack === undefined) throw new Error(id)
  const events = await lastOperation(aws.stacks, {stack, label: 'network'})
  expect(firstCause(events)?.reason).toBe('The VPC is gone')
})

test('and what fails after it is still the cause', () => {
  const row = {label: 'network', stackName: 'demo', stackId: 'id', isStack: true, type: stackType}
  const own = (status: string, at: number, reason?: string): StackProgress => {
    return {...row, logicalId: 'demo', physicalId: 'id', status, reason, at}
  }
  const failure: StackProgress = {
    ...{...row, isStack: false, type: 'AWS::EC2::VPC', logicalId: 'Vpc', physicalId: 'vpc-1'},
    ...{status: 'UPDATE_FAILED', reason: 'Not so', at: 4},
  }
  const begun = [own('DELETE_IN_PROGRESS', 1, 'User Initiated'), own('UPDATE_COMPLETE', 2, why)]
  const after = [own('UPDATE_IN_PROGRESS', 3), failure, own('UPDATE_ROLLBACK_IN_PROGRESS', 5)]
  expect(firstCause([...begun, ...after])).toBe(failure)
})
