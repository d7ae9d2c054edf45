import {describe, expect, test} from 'vitest'
import type {Stack} from '../../../src/rehearsal/account/stack.js'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'

type Account = ReturnType<typeof engineWorld>

const good = {Resources: {A: logGroup('a')}}
const other = {Resources: {A: logGroup('a'), B: logGroup('b')}}
const failing = {Resources: {A: logGroup('a'), Broken: {...brokenLogGroup, DependsOn: 'A'}}}
const slow = {
  Resources: {A: logGroup('a'), Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}},
}

/** Lets seconds go by until the stack has the status. */
function until({pass}: Account, stack: Stack, status: string): void {
  for (let seconds = 0; seconds < 900 && stack.status !== status; seconds += 1) pass(1)
  if (stack.status !== status) throw new Error(`${stack.status} instead of ${status}`)
}

/** Makes the log group's present state one to which no update can return. */
function vanish({world, region}: Account, name: string): void {
  const resource = world.resource(region, 'AWS::Logs::LogGroup', name)
  if (resource) world.remove(region, resource)
}

const days = (retention: number, more: object = {}) => ({
  Resources: {A: logGroup('a', {Properties: {LogGroupName: 'a', RetentionInDays: retention}}), ...more},
})

/** How a stack comes into each status. */
const ways: Record<string, (account: Account) => Stack> = {
  REVIEW_IN_PROGRESS(account) {
    account.changeSet('demo', good, {type: 'CREATE', changeSetName: 'first'})
    return account.find('demo')
  },
  CREATE_IN_PROGRESS: account => account.create('demo', slow),
  CREATE_FAILED: account => account.create('demo', failing, {disableRollback: true}),
  CREATE_COMPLETE: account => account.create('demo', good),
  ROLLBACK_IN_PROGRESS: account => account.create('demo', failing),
  ROLLBACK_COMPLETE: account => account.create('demo', failing),
  ROLLBACK_FAILED(account) {
    const bucket = {Type: 'AWS::S3::Bucket', Properties: {BucketName: 'full'}}
    const stack = account.create('demo', {
      Resources: {Bucket: bucket, Broken: {...brokenLogGroup, DependsOn: 'Bucket'}},
    })
    until(account, stack, 'ROLLBACK_IN_PROGRESS')
    fill(account)
    return stack
  },
  UPDATE_IN_PROGRESS(account) {
    const stack = account.create('demo', good)
    until(account, stack, 'CREATE_COMPLETE')
    return account.update('demo', slow)
  },
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: updated(other),
  UPDATE_COMPLETE: updated(other),
  UPDATE_FAILED: updated(failing, {disableRollback: true}),
  UPDATE_ROLLBACK_IN_PROGRESS: updated(failing),
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: updated(failing),
  UPDATE_ROLLBACK_COMPLETE: updated(failing),
  UPDATE_ROLLBACK_FAILED(account) {
    const stack = account.create('demo', days(7))
    until(account, stack, 'CREATE_COMPLETE')
    account.update('demo', days(30, {Broken: {...brokenLogGroup, DependsOn: 'A'}}))
    until(account, stack, 'UPDATE_ROLLBACK_IN_PROGRESS')
    vanish(account, 'a')
    return stack
  },
  DELETE_IN_PROGRESS(account) {
    const stack = account.create('demo', good)
    until(account, stack, 'CREATE_COMPLETE')
    account.remove('demo')
    return stack
  },
  DELETE_FAILED(account) {
    const stack = account.create('demo', {
      Resources: {Bucket: {Type: 'AWS::S3::Bucket', Properties: {BucketName: 'full'}}},
    })
    until(account, stack, 'CREATE_COMPLETE')
    fill(account)
    account.remove('demo')
    return stack
  },
  DELETE_COMPLETE(account) {
    const stack = account.create('demo', good)
    until(account, stack, 'CREATE_COMPLETE')
    account.remove('demo')
    return stack
  },
}

function updated(template: object, more: {disableRollback?: boolean} = {}) {
  return (account: Account) => {
    const stack = account.create('demo', good)
    until(account, stack, 'CREATE_COMPLETE')
    return account.update('demo', template, more)
  }
}

function fill({world}: Account): void {
  const bucket = world.account.buckets.full
  if (!bucket) throw new Error('no bucket')
  bucket.objects.key = {body: '', etag: 'e', size: 0, modifiedAt: 0}
}

/** What each operation asks, of the stack by its id. */
const operations: Record<string, (account: Account, stack: Stack) => unknown> = {
  create: ({create}) => create('demo', good),
  update: ({update}, {id}) => update(id, {Resources: {New: logGroup('new')}}),
  retry: ({update}, {id}) =>
    update(id, {Resources: {A: logGroup('a'), New: logGroup('new')}}, {disableRollback: true}),
  delete: ({remove}, {id}) => remove(id),
  retain: ({remove}, {id, resources}) => remove(id, {retainResources: [resources.Bucket ? 'Bucket' : 'A']}),
  cancel: ({cancel}, {id}) => cancel(id),
  rollBack: ({rollBack}, {id}) => rollBack(id),
  continue: ({continueRollback}, {id}) => continueRollback(id),
  planNew: ({changeSet}) => changeSet('demo', good, {type: 'CREATE'}),
  plan: ({changeSet}, {id}) => changeSet(id, {Resources: {New: logGroup('new')}}),
}

const exists = 'Stack [demo] already exists'
const cannotUpdate = (status: string) => `Stack:ID is in ${status} state and can not be updated.`
const cannotDelete = (status: string) => `Stack [ID] cannot be deleted while in status ${status}`
const cannotCancel = 'CancelUpdateStack cannot be called from current stack status'
const cannotRollBack = (status: string) => `Stack:ID is in ${status} state and can not be rolled back.`
const cannotContinue = (status: string) => `Stack:ID is in ${status} state and can not continue its rollback.`
const cannotRetain =
  'Invalid operation on stack [ID]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.'
const cannotPlanNew = 'Stack [demo] already exists and cannot be created again with the changeSet [plan].'

/** Operations that are accepted; each other one is refused. Source: CloudFormation user guide, stack status codes. */
const accepted: Record<string, readonly string[]> = {
  REVIEW_IN_PROGRESS: ['create', 'delete', 'planNew'],
  CREATE_IN_PROGRESS: ['delete'],
  CREATE_FAILED: ['retry', 'delete', 'rollBack', 'plan'],
  CREATE_COMPLETE: ['update', 'retry', 'delete', 'plan'],
  ROLLBACK_IN_PROGRESS: ['delete'],
  ROLLBACK_COMPLETE: ['delete'],
  ROLLBACK_FAILED: ['delete'],
  UPDATE_IN_PROGRESS: ['cancel'],
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: [],
  UPDATE_COMPLETE: ['update', 'retry', 'delete', 'plan'],
  UPDATE_FAILED: ['retry', 'delete', 'rollBack', 'plan'],
  UPDATE_ROLLBACK_IN_PROGRESS: [],
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: [],
  UPDATE_ROLLBACK_COMPLETE: ['update', 'retry', 'delete', 'plan'],
  UPDATE_ROLLBACK_FAILED: ['delete', 'continue'],
  // Again is no error, and nothing happens.
  DELETE_IN_PROGRESS: ['delete', 'retain'],
  DELETE_FAILED: ['delete', 'retain'],
  DELETE_COMPLETE: ['create', 'delete', 'retain', 'planNew'],
}

function refusalOf(operation: string, status: string): string {
  switch (operation) {
    case 'create':
      return exists
    case 'update':
    case 'retry':
      return cannotUpdate(status)
    case 'plan':
      return status === 'DELETE_COMPLETE' ? 'Stack [ID] does not exist' : cannotUpdate(status)
    case 'delete':
      return cannotDelete(status)
    case 'retain':
      return /^(UPDATE|UPDATE_ROLLBACK)(_COMPLETE_CLEANUP)?_IN_PROGRESS$/.test(status)
        ? cannotDelete(status)
        : cannotRetain
    case 'cancel':
      return cannotCancel
    case 'rollBack':
      return cannotRollBack(status)
    case 'continue':
      return cannotContinue(status)
    default:
      return cannotPlanNew
  }
}

describe.each(Object.keys(ways))('a stack in %s', status => {
  test.each(Object.keys(operations))('%s', name => {
    const account = engineWorld()
    const stack = (ways[status] as (account: Account) => Stack)(account)
    until(account, stack, status)
    let refusal: string | undefined
    try {
      ;(operations[name] as (account: Account, stack: Stack) => unknown)(account, stack)
    } catch (error) {
      refusal = String((error as Error).message).replaceAll(stack.id, 'ID')
    }
    expect(refusal).toBe(accepted[status]?.includes(name) ? undefined : refusalOf(name, status))
    if (refusal !== undefined) return
    account.pass(900)
    expect(stack.operation).toBeUndefined()
  })
})
