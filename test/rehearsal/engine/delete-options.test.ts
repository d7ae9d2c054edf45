import {describe, expect, test} from 'vitest'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'

const bucket = {Type: 'AWS::S3::Bucket', Properties: {BucketName: 'full'}, DependsOn: 'Needed'}

/** A stack whose deletion failed, because its bucket is not empty; in a nested stack when `deep`. */
function stuck(deep = false) {
  const account = engineWorld()
  const template = {Resources: {Needed: logGroup('needed'), Bucket: bucket, Other: logGroup('other')}}
  const url = account.upload('child.json', template)
  const stack = account.create(
    'demo',
    deep
      ? {Resources: {Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: url}}}}
      : template,
  )
  account.pass(180)
  const full = account.world.account.buckets.full
  if (full) full.objects.key = {body: '', etag: 'e', size: 0, modifiedAt: 0}
  account.remove('demo')
  account.pass(120)
  if (stack.status !== 'DELETE_FAILED') throw new Error(stack.status)
  return {...account, stack, told: stack.events.length}
}

describe('deleting a stack whose deletion failed', () => {
  test('leaves behind the resources that are named', () => {
    const {remove, pass, events, stack, told, region} = stuck()
    remove('demo', {retainResources: ['Bucket']})
    pass(60)
    expect(events(stack).slice(told)).toEqual([
      'demo DELETE_IN_PROGRESS "User Initiated"',
      'Bucket DELETE_SKIPPED',
      'Needed DELETE_IN_PROGRESS',
      'Needed DELETE_COMPLETE',
      'demo DELETE_COMPLETE',
    ])
    expect(Object.keys(region.resources)).toEqual(['AWS::S3::Bucket/full'])
  })

  test('by force leaves behind what cannot go and what that needs, in nested stacks too', () => {
    const {remove, pass, stack, region, children} = stuck(true)
    const [child] = children(stack)
    remove('demo', {deletionMode: 'FORCE_DELETE_STACK'})
    pass(120)
    expect([stack.status, child?.status]).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE'])
    const statuses = Object.values(child?.resources ?? {}).map(({logicalId, status}) => [logicalId, status])
    expect(Object.fromEntries(statuses)).toEqual({
      Needed: 'DELETE_SKIPPED',
      Bucket: 'DELETE_SKIPPED',
      Other: 'DELETE_COMPLETE',
    })
    expect(Object.keys(region.resources).sort()).toEqual([
      'AWS::Logs::LogGroup/needed',
      'AWS::S3::Bucket/full',
    ])
    expect(stack.deletionMode).toBe('FORCE_DELETE_STACK')
  })
})

describe('force', () => {
  test('is refused for a stack whose deletion has not failed', () => {
    const {create, remove, pass} = engineWorld()
    create('demo', {Resources: {A: logGroup('a')}})
    pass(60)
    expect(() => remove('demo', {deletionMode: 'FORCE_DELETE_STACK'})).toThrow('FORCE_DELETE_STACK')
  })
})

describe('resources to retain', () => {
  const kept = (more: object = {}) => ({
    Resources: {Kept: logGroup('kept', {DeletionPolicy: 'Retain'}), ...more},
  })
  const failing = kept({Broken: {...brokenLogGroup, DependsOn: 'Kept'}})

  test('stay when a creation is undone, unless RetainExceptOnCreate says otherwise', () => {
    const {create, pass, region, remove} = engineWorld()
    create('one', failing, {retainExceptOnCreate: true})
    pass(120)
    expect(region.resources).toEqual({})
    create('two', failing)
    pass(120)
    expect(Object.keys(region.resources)).toEqual(['AWS::Logs::LogGroup/kept'])
    remove('two')
  })

  test('that an update made new go with its rollback under that policy', () => {
    const {create, update, pass, find, region} = engineWorld()
    create('demo', {Resources: {A: logGroup('a')}})
    pass(60)
    update('demo', {
      Resources: {
        A: logGroup('a'),
        New: logGroup('new', {DeletionPolicy: 'RetainExceptOnCreate'}),
        Broken: {...brokenLogGroup, DependsOn: 'New'},
      },
    })
    pass(120)
    expect(find('demo').status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(Object.keys(region.resources)).toEqual(['AWS::Logs::LogGroup/a'])
  })
})

describe('the clean-up after an update', () => {
  test('tries three times to delete what is left, and succeeds without it', () => {
    const {create, update, pass, events, world, region} = engineWorld()
    const template = (name: string) => ({
      Resources: {Bucket: {Type: 'AWS::S3::Bucket', Properties: {BucketName: name}}},
    })
    const stack = create('demo', template('full'))
    pass(120)
    const full = world.account.buckets.full
    if (full) full.objects.key = {body: '', etag: 'e', size: 0, modifiedAt: 0}
    const told = stack.events.length
    update('demo', template('next'))
    pass(300)
    const news = events(stack).slice(told)
    expect(news.filter(line => line.startsWith('Bucket DELETE_FAILED'))).toHaveLength(3)
    expect(news.at(-1)).toBe(
      'demo UPDATE_COMPLETE "Update successful. One or more resources could not be deleted."',
    )
    expect(stack.resources.Bucket?.physicalId).toBe('next')
    expect(Object.keys(region.resources)).toContain('AWS::S3::Bucket/full')
  })
})

describe('termination protection', () => {
  test('of the root covers its nested stacks', () => {
    const {create, upload, remove, pass, children} = engineWorld()
    const url = upload('child.json', {Resources: {A: logGroup('a')}})
    const stack = create(
      'root',
      {Resources: {Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: url}}}},
      {terminationProtection: true},
    )
    pass(120)
    const [child] = children(stack)
    expect(() => remove(child?.id ?? '')).toThrow(
      `Stack [${child?.name}] cannot be deleted while TerminationProtection is enabled`,
    )
  })
})
