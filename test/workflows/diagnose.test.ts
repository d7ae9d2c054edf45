import {describe, expect, it} from 'vitest'
import type {StackDescription} from '../../src/aws/stack-data.js'
import {silent} from '../../src/progress.js'
import {diagnoseStacks} from '../../src/workflows/diagnose.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

const ours = {tags: {'mcpgw:environment': 'demo'}}
const vpc = 'AWS::EC2::VPC'

function fixture() {
  const clock = virtualClock()
  const aws = new FakeAws(clock)
  const explain = (stackGiven?: string) =>
    diagnoseStacks(
      {
        aws,
        clock,
        environment: 'demo',
        commandLine: command => `mcpgw ${command} --environment demo`,
        stackGiven,
      },
      {tell: silent, signal: new AbortController().signal},
    )
  /** A root stack with rows of its own at these seconds. */
  const putStack = (status: string, options: Partial<StackDescription> = {}, name = 'demo') =>
    aws.stacks.putStack(name, status, {...ours, ...options})
  const own = (id: string, status: string, seconds: number, reason?: string) =>
    aws.stacks.happen(id, id.split('/')[1] ?? '', 'AWS::CloudFormation::Stack', status, seconds, reason)
  return {aws, clock, explain, putStack, own}
}

describe('diagnose', () => {
  it('finds the cause in a stack that was rolled back', async () => {
    const {aws, explain, putStack, own} = fixture()
    const id = putStack('CREATE_IN_PROGRESS')
    aws.stacks.happen(id, 'Other', vpc, 'CREATE_FAILED', 0, 'Resource creation cancelled')
    aws.stacks.happen(id, 'Vpc', vpc, 'CREATE_FAILED', 0, 'No VPC left.')
    own(id, 'ROLLBACK_IN_PROGRESS', 0)
    own(id, 'ROLLBACK_COMPLETE', 0)
    expect(await explain()).toMatchObject({
      environment: 'demo',
      run: null,
      account: '123456789012',
      state: 'failed',
      stacks: [{name: 'demo', status: 'ROLLBACK_COMPLETE'}],
      diagnosis: {logicalId: 'Vpc', reason: 'No VPC left.', cancelled: 1},
      next: 'Correct the cause, then run `mcpgw deploy --environment demo`.',
    })
  })

  it('leaves out what failed in an operation before the last one', async () => {
    const {aws, explain, putStack, own} = fixture()
    const id = putStack('CREATE_IN_PROGRESS')
    aws.stacks.happen(id, 'Vpc', vpc, 'CREATE_FAILED', 0, 'long ago')
    own(id, 'UPDATE_IN_PROGRESS', 0)
    aws.stacks.happen(id, 'Subnet', vpc, 'UPDATE_FAILED', 0, 'today')
    own(id, 'UPDATE_ROLLBACK_IN_PROGRESS', 0)
    own(id, 'UPDATE_ROLLBACK_COMPLETE', 0)
    expect(await explain()).toMatchObject({diagnosis: {logicalId: 'Subnet', reason: 'today', others: []}})
  })

  it('finds the beginning of an update whose rollback was continued later', async () => {
    const {aws, clock, explain, putStack, own} = fixture()
    const id = putStack('CREATE_COMPLETE', {updatedAt: clock.now() + 3_600_000})
    own(id, 'UPDATE_IN_PROGRESS', 0)
    aws.stacks.happen(id, 'Vpc', vpc, 'UPDATE_FAILED', 0, 'the cause')
    own(id, 'UPDATE_ROLLBACK_FAILED', 0)
    const {diagnosis, next} = await explain()
    expect(diagnosis?.reason).toBe('the cause')
    expect(next).toBe('Correct the cause, then run `mcpgw deploy --environment demo`.')
  })

  it('goes down into nested stacks, also when they are deleted', async () => {
    const {aws, explain, clock} = fixture()
    aws.stacks.resourcesOf.set('network-stack.yaml', [{logicalId: 'Vpc', type: vpc, fails: 'No VPC left.'}])
    await aws.stacks.create({
      name: 'demo',
      templateUrl: 'https://x/main-stack.yaml',
      parameters: {},
      tags: ours.tags,
      onFailure: 'rollback',
      token: 't',
    })
    await clock.sleep(3_600_000)
    const {diagnosis, state} = await explain()
    expect(state).toBe('failed')
    expect(diagnosis).toMatchObject({logicalId: 'Vpc', type: vpc, reason: 'No VPC left.'})
  })

  it('explains what blocks a deletion, and sends back to teardown', async () => {
    const {aws, explain, putStack, own} = fixture()
    const id = putStack('CREATE_COMPLETE')
    own(id, 'DELETE_IN_PROGRESS', 0, 'User Initiated')
    aws.stacks.happen(id, 'Vpc', vpc, 'DELETE_FAILED', 0, 'It has dependencies.')
    own(id, 'DELETE_FAILED', 0)
    expect(await explain()).toMatchObject({
      diagnosis: {logicalId: 'Vpc', status: 'DELETE_FAILED'},
      next: 'Remove what blocks it, then run `mcpgw teardown --environment demo`.',
    })
  })

  it('sends nobody to the deletion of everything where one of several stacks could not be deleted', async () => {
    const {explain, putStack, own} = fixture()
    for (const name of ['demo-network', 'demo-data', 'demo-compute']) putStack('CREATE_COMPLETE', {}, name)
    const id = putStack('CREATE_COMPLETE', {}, 'demo-services')
    own(id, 'DELETE_IN_PROGRESS', 0, 'User Initiated')
    own(id, 'DELETE_FAILED', 0)
    expect(await explain()).toMatchObject({
      next: 'Remove what blocks it, then run `mcpgw deploy --environment demo --layout individual`, which creates it again, or `mcpgw teardown --environment demo` to delete the rest, too.',
    })
  })

  it('explains a stack that is gone by why it was made to go, given its id', async () => {
    const {aws, explain, putStack, own} = fixture()
    const id = putStack('CREATE_IN_PROGRESS', {}, 'other')
    aws.stacks.happen(id, 'Vpc', vpc, 'CREATE_FAILED', 0, 'No VPC left.')
    own(id, 'DELETE_IN_PROGRESS', 0, 'The following resource(s) failed to create: [Vpc].')
    own(id, 'DELETE_COMPLETE', 0)
    const {diagnosis, stacks} = await explain(id)
    expect(stacks).toEqual([{name: 'other', status: 'DELETE_COMPLETE'}])
    expect(diagnosis?.reason).toBe('No VPC left.')
  })

  it('says that an operation is still running, with what has failed in it so far, and how to watch', async () => {
    const {aws, explain, putStack} = fixture()
    const id = putStack('CREATE_IN_PROGRESS')
    aws.stacks.happen(id, 'Vpc', vpc, 'CREATE_FAILED', 0, 'No VPC left.')
    expect(await explain()).toMatchObject({
      state: 'running',
      diagnosis: {logicalId: 'Vpc'},
      next: 'The operation is still running. Run `mcpgw watch --environment demo` to follow it.',
    })
  })

  it('says that nothing failed', async () => {
    const {explain, putStack} = fixture()
    putStack('CREATE_COMPLETE')
    expect(await explain()).toMatchObject({state: 'well', diagnosis: null, evidence: [], next: null})
  })

  it('explains the individual stacks of an environment, and keeps old troubles out', async () => {
    const {aws, clock, explain, putStack, own} = fixture()
    const day = 24 * 3_600_000
    const old = putStack('CREATE_IN_PROGRESS', {}, 'demo-network')
    aws.stacks.happen(old, 'Vpc', vpc, 'CREATE_FAILED', 0, 'two days ago')
    own(old, 'ROLLBACK_COMPLETE', 0)
    await clock.sleep(2 * day)
    const id = putStack('CREATE_IN_PROGRESS', {}, 'demo-data')
    aws.stacks.happen(id, 'Database', 'AWS::RDS::DBCluster', 'CREATE_FAILED', 0, 'now')
    own(id, 'ROLLBACK_COMPLETE', 0)
    const result = await explain()
    expect(result.stacks.map(({name}) => name)).toEqual(['demo-network', 'demo-data'])
    expect(result.diagnosis).toMatchObject({reason: 'now', others: []})
  })

  it('advises commands that name the existing layout', async () => {
    const {aws, explain, putStack, own} = fixture()
    const id = putStack('CREATE_IN_PROGRESS', {}, 'demo-compute')
    const reason = 'The image build b:1 ended with FAILED in phase BUILD.'
    aws.stacks.happen(id, 'ContainerImages', 'Custom::ContainerImages', 'CREATE_FAILED', 0, reason)
    own(id, 'ROLLBACK_COMPLETE', 0)
    expect((await explain()).diagnosis?.advice).toContain(
      '`mcpgw deploy --environment demo --layout individual --images s3://BUCKET/PREFIX/`',
    )
  })

  it('explains a stack that mcpgw did not make, and leaves fixing it to whoever did', async () => {
    const {aws, explain, putStack, own} = fixture()
    const id = putStack('CREATE_IN_PROGRESS', {tags: {}}, 'other')
    aws.stacks.happen(id, 'Vpc', vpc, 'CREATE_FAILED', 0, 'No VPC left.')
    own(id, 'ROLLBACK_COMPLETE', 0)
    expect(await explain('other')).toMatchObject({
      diagnosis: {reason: 'No VPC left.'},
      next: 'Correct the cause with the tool that created stack other. All events: `aws cloudformation describe-stack-events --stack-name other --region us-west-2`.',
    })
  })

  it('fails when there is no such environment or stack', async () => {
    const {explain} = fixture()
    await expect(explain()).rejects.toMatchObject({
      code: 'NO_SUCH_ENVIRONMENT',
      exitCode: 1,
      hint: 'Run `mcpgw diagnose --run latest` for what mcpgw recorded, or `mcpgw diagnose --environment demo --stack ID`.',
    })
    await expect(explain('none')).rejects.toMatchObject({code: 'NO_SUCH_STACK', exitCode: 1})
  })

  it('looks behind what failed', async () => {
    const {aws, explain, putStack, own} = fixture()
    const id = putStack('CREATE_IN_PROGRESS')
    aws.stacks.resources = async () => [
      {logicalId: 'F', physicalId: 'f', type: 'AWS::Lambda::Function', status: ''},
    ]
    aws.streams.set('/aws/lambda/f s', ['it broke, password=hunter2'])
    aws.stacks.happen(id, 'Thing', 'Custom::Thing', 'CREATE_FAILED', 0, 'no')
    own(id, 'ROLLBACK_COMPLETE', 0)
    const {evidence} = await explain()
    expect(evidence).toEqual([
      {
        kind: 'custom-resource',
        title: 'Function f, log group /aws/lambda/f',
        lines: ['it broke, password=****'],
      },
    ])
  })
})
