import {describe, expect, test} from 'vitest'
import {eventId} from '../../../src/rehearsal/engine/events.js'
import {receiveAnswer} from '../../../src/rehearsal/services/cloudformation/custom-resources.js'
import {brokenLogGroup, engineWorld, logGroup, withProvider} from './engine-world.js'

const kept = (retention: number) =>
  logGroup('a', {Properties: {LogGroupName: 'a', RetentionInDays: retention}})
const bucket = (name: string) => ({Type: 'AWS::S3::Bucket', Properties: {BucketName: name}})
const before = {Resources: {A: kept(7), B: bucket('before')}}
const after = {
  Resources: {
    A: kept(30),
    B: bucket('after'),
    New: logGroup('new'),
    Broken: {...brokenLogGroup, DependsOn: ['A', 'B', 'New']},
  },
}
const names = (account: ReturnType<typeof engineWorld>) => Object.keys(account.region.resources).sort()

/** Passes time until the first stack rolls back, and takes log group `a` away, so that it cannot. */
function breakWayBack(account: ReturnType<typeof engineWorld>, stack: {status: string}): void {
  while (stack.status !== 'UPDATE_ROLLBACK_IN_PROGRESS') account.pass(1)
  const gone = account.region.resources['AWS::Logs::LogGroup/a']
  if (gone) account.world.remove(account.region, gone)
  account.pass(120)
  expect(stack.status).toBe('UPDATE_ROLLBACK_FAILED')
}

/** A stack whose update made `after` in place of `before`, failed, and could not go back. */
function stuck() {
  const account = engineWorld()
  const stack = account.create('demo', before)
  account.pass(120)
  account.update('demo', after)
  breakWayBack(account, stack)
  expect(names(account)).toEqual([
    'AWS::Logs::LogGroup/new',
    'AWS::S3::Bucket/after',
    'AWS::S3::Bucket/before',
  ])
  return {...account, stack}
}

describe('the deletion of a stack whose rollback failed', () => {
  test('deletes what the failed update had made, beside what its resources stand for', () => {
    const account = stuck()
    const {stack, remove, pass, events} = account
    const told = stack.events.length
    remove('demo')
    pass(120)
    expect(stack.status).toBe('DELETE_COMPLETE')
    expect(names(account)).toEqual([])
    expect(stack.pendingDeletes).toBeUndefined()
    expect(new Set(stack.events.map(eventId)).size).toBe(stack.events.length)
    expect(
      events(stack)
        .slice(told)
        .filter(event => event.startsWith('B ')),
    ).toEqual(['B DELETE_IN_PROGRESS', 'B DELETE_IN_PROGRESS', 'B DELETE_COMPLETE', 'B DELETE_COMPLETE'])
  })

  test('that fails itself leaves nothing when it is asked for again', () => {
    const account = stuck()
    const {stack, remove, pass, world} = account
    const content = world.account.buckets.after?.objects ?? {}
    content.key = {body: '', etag: 'e', size: 0, modifiedAt: 0}
    remove('demo')
    pass(120)
    expect(stack.status).toBe('DELETE_FAILED')
    expect(names(account)).toEqual(['AWS::S3::Bucket/after'])
    remove('demo')
    pass(120)
    expect(stack.status).toBe('DELETE_FAILED')
    delete content.key
    remove('demo')
    pass(120)
    expect(stack.status).toBe('DELETE_COMPLETE')
    expect(names(account)).toEqual([])
  })

  test('deletes what nested stacks had made too', () => {
    const account = engineWorld()
    const {create, update, upload, pass, children, remove} = account
    const url = upload('child.json', before)
    const root = {Resources: {Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: url}}}}
    const stack = create('root', root)
    pass(180)
    upload('child.json', after)
    update('root', root)
    const [child] = children(stack)
    if (!child) throw new Error('no nested stack')
    breakWayBack(account, child)
    expect(names(account)).toContain('AWS::S3::Bucket/after')
    remove('root')
    pass(180)
    expect([stack.status, child.status]).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE'])
    expect(names(account)).toEqual([])
  })

  test('deletes nested stacks that the failed update had made', () => {
    const account = engineWorld()
    const {create, update, upload, pass, children, remove} = account
    const url = upload('child.json', {Resources: {X: logGroup('x')}})
    const stack = create('demo', before)
    pass(120)
    const Child = {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: url}}
    const {Broken, ...others} = after.Resources
    update('demo', {Resources: {...others, Child, Broken: {...Broken, DependsOn: ['A', 'Child']}}})
    breakWayBack(account, stack)
    remove('demo')
    pass(180)
    expect([stack, ...children(stack)].map(({status}) => status)).toEqual([
      'DELETE_COMPLETE',
      'DELETE_COMPLETE',
    ])
    expect(names(account)).toEqual([])
  })
})

test('a continued rollback deletes what the failed update had made', () => {
  const account = stuck()
  const {stack, continueRollback, changeSet, pass} = account
  continueRollback('demo', 'A')
  pass(120)
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE')
  expect(names(account)).toEqual(['AWS::S3::Bucket/before'])
  expect(changeSet('demo', after).status).toBe('CREATE_PENDING')
})

describe('what a provider replaced in an update that failed without rollback', () => {
  const broken = {Broken: {...brokenLogGroup, DependsOn: 'Thing'}}
  const capable = {capabilities: ['CAPABILITY_IAM']}

  /** Things `first` and `second`, both there, the update UPDATE_FAILED. */
  function failed() {
    const account = engineWorld()
    const {world, region, pass} = account
    /** The function is not run: the test answers in its place, with an id for the text that it is given. */
    const settle = (seconds = 90, Status = 'SUCCESS') => {
      for (let second = 0; second < seconds; second += 1) {
        world.unschedule('lambda.invoke', () => true)
        pass(1)
        for (const resource of world.resourcesOf(region, 'Custom::Thing')) {
          const pending = resource.data.pending as {token: string; requestId: string} | undefined
          if (!pending) continue
          const PhysicalResourceId = String(resource.properties.Text)
          const body = {Status, RequestId: pending.requestId, PhysicalResourceId}
          receiveAnswer(world, pending.token, JSON.stringify(body))
        }
      }
    }
    const things = () => world.resourcesOf(region, 'Custom::Thing').map(({physicalId}) => physicalId)
    const stack = account.create('demo', withProvider('first'), capable)
    settle()
    account.update('demo', withProvider('second', broken), {...capable, disableRollback: true})
    settle()
    expect([stack.status, stack.resources.Thing?.physicalId]).toEqual(['UPDATE_FAILED', 'second'])
    expect(things()).toEqual(['first', 'second'])
    return {...account, stack, settle, things}
  }

  test('goes with the stack', () => {
    const {remove, settle, stack, region} = failed()
    remove('demo')
    settle()
    expect(stack.status).toBe('DELETE_COMPLETE')
    expect(region.resources).toEqual({})
  })

  test('is tried again with the resource of its name when neither could be deleted', () => {
    const {remove, settle, stack, region, things} = failed()
    remove('demo')
    settle(90, 'FAILED')
    expect(stack.status).toBe('DELETE_FAILED')
    expect(things()).toEqual(['first', 'second'])
    remove('demo')
    settle()
    expect(stack.status).toBe('DELETE_COMPLETE')
    expect(region.resources).toEqual({})
  })

  test('goes when the update succeeds in the end, after a change set was looked at', () => {
    const {update, changeSet, settle, stack, things} = failed()
    changeSet('demo', withProvider('third'), capable)
    settle(10)
    update('demo', withProvider('third'), {...capable, disableRollback: true})
    settle()
    expect(stack.status).toBe('UPDATE_COMPLETE')
    expect(things()).toEqual(['third'])
    expect(stack.pendingDeletes).toBeUndefined()
  })

  test('comes back when the stack is rolled back, and everything after it goes', () => {
    const {update, rollBack, settle, stack, things} = failed()
    update('demo', withProvider('third', broken), {...capable, disableRollback: true})
    settle()
    expect(things()).toEqual(['first', 'second', 'third'])
    rollBack('demo')
    settle()
    expect([stack.status, stack.resources.Thing?.physicalId]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'first'])
    expect(things()).toEqual(['first'])
  })
})

describe('a deletion that interrupts', () => {
  test('a rollback takes over what that was deleting', () => {
    const account = engineWorld()
    const {create, remove, pass} = account
    const stack = create('demo', {
      Resources: {
        Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}},
        Broken: {...brokenLogGroup, DependsOn: 'Vpc'},
      },
    })
    while (stack.resources.Vpc?.status !== 'DELETE_IN_PROGRESS') pass(0.5)
    remove('demo')
    pass(120)
    expect(stack.status).toBe('DELETE_COMPLETE')
    expect(names(account)).toEqual([])
  })
})

test('a replacement that cannot be made leaves the old resource in its place', () => {
  const account = engineWorld()
  const {create, update, pass} = account
  const stack = create('demo', {Resources: {A: kept(7)}})
  pass(60)
  update('demo', {Resources: {A: logGroup('b', {Properties: {LogGroupName: 'b', RetentionInDays: 8}})}})
  pass(120)
  expect([stack.status, stack.resources.A?.physicalId]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'a'])
  expect(names(account)).toEqual(['AWS::Logs::LogGroup/a'])
})

test('a nested stack that an update removed is deleted in three attempts, and then left', () => {
  const account = engineWorld()
  const {create, update, upload, pass, children, events, world} = account
  const TemplateURL = upload('child.json', {Resources: {Bucket: bucket('full')}})
  const Child = {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL}}
  const stack = create('demo', {Resources: {A: kept(7), Child}})
  pass(120)
  if (world.account.buckets.full) {
    world.account.buckets.full.objects.key = {body: '', etag: 'e', size: 0, modifiedAt: 0}
  }
  update('demo', {Resources: {A: kept(7)}})
  pass(300)
  expect([stack.status, children(stack)[0]?.status]).toEqual(['UPDATE_COMPLETE', 'DELETE_FAILED'])
  expect(events(stack).filter(event => event.startsWith('Child DELETE_FAILED'))).toHaveLength(3)
})
