import {describe, expect, test} from 'vitest'
import {forgetOldStacks} from '../../../src/rehearsal/engine/lookup.js'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'

describe('deleting a stack', () => {
  test('deletes in reverse order of need', () => {
    const {create, pass, remove, events, find} = engineWorld()
    const stack = create('demo', {Resources: {A: logGroup('a'), B: logGroup('b', {DependsOn: 'A'})}})
    pass(60)
    remove('demo')
    pass(60)
    expect(events(stack).slice(-6)).toEqual([
      'demo DELETE_IN_PROGRESS "User Initiated"',
      'B DELETE_IN_PROGRESS',
      'B DELETE_COMPLETE',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'demo DELETE_COMPLETE',
    ])
    expect(find(stack.id).status).toBe('DELETE_COMPLETE')
  })

  test('skips what is to be retained, without an event in progress', () => {
    const {create, pass, remove, events, region} = engineWorld()
    const stack = create('demo', {Resources: {A: logGroup('a', {DeletionPolicy: 'Retain'})}})
    pass(60)
    remove('demo')
    pass(60)
    expect(events(stack).slice(-2)).toEqual(['A DELETE_SKIPPED', 'demo DELETE_COMPLETE'])
    expect(Object.keys(region.resources)).toEqual(['AWS::Logs::LogGroup/a'])
  })

  test('skips RetainExceptOnCreate, which only the rollback of a creation deletes', () => {
    const kept = logGroup('kept', {DeletionPolicy: 'RetainExceptOnCreate'})
    const {create, pass, remove, region} = engineWorld()
    create('failing', {Resources: {A: kept, Broken: {...brokenLogGroup, DependsOn: 'A'}}})
    pass(120)
    expect(Object.keys(region.resources)).toEqual([])
    create('demo', {Resources: {A: kept}})
    pass(60)
    remove('demo')
    pass(60)
    expect(Object.keys(region.resources)).toEqual(['AWS::Logs::LogGroup/kept'])
  })

  test('fails for a resource that cannot go, continues with the others, and can be tried again', () => {
    const {create, pass, remove, events, find, world} = engineWorld()
    const stack = create('demo', {
      Resources: {Bucket: {Type: 'AWS::S3::Bucket', Properties: {BucketName: 'full'}}, A: logGroup('a')},
    })
    pass(120)
    const bucket = world.account.buckets.full
    if (!bucket) throw new Error('no bucket')
    bucket.objects.key = {body: '', etag: 'e', size: 0, modifiedAt: 0}
    remove('demo')
    pass(120)
    expect(find('demo').status).toBe('DELETE_FAILED')
    expect(find('demo').statusReason).toBe('The following resource(s) failed to delete: [Bucket]. ')
    expect(events(stack)).toContain('A DELETE_COMPLETE')
    delete bucket.objects.key
    remove('demo')
    expect(find('demo').resources.Bucket?.status).toBe('DELETE_FAILED')
    pass(120)
    expect(find(stack.id).status).toBe('DELETE_COMPLETE')
  })

  test('is called off while other stacks import one of its exports, and leaves it as it was', () => {
    const {create, pass, remove, find, events} = engineWorld()
    create('exporter', {
      Resources: {A: logGroup('a')},
      Outputs: {Name: {Value: {Ref: 'A'}, Export: {Name: 'the-name'}}},
    })
    pass(60)
    create('importer', {
      Resources: {
        B: logGroup('b', {
          Properties: {LogGroupName: {'Fn::Sub': ['$' + '{n}-b', {n: {'Fn::ImportValue': 'the-name'}}]}},
        }),
      },
    })
    pass(60)
    remove('exporter')
    pass(60)
    const reason = 'Delete canceled. Cannot delete export the-name as it is in use by importer.'
    expect(find('exporter')).toMatchObject({status: 'CREATE_COMPLETE', statusReason: reason})
    expect(find('exporter').deletedAt).toBeUndefined()
    expect(events(find('exporter')).slice(-2)).toEqual([
      'exporter DELETE_IN_PROGRESS "User Initiated"',
      `exporter CREATE_COMPLETE "${reason}"`,
    ])
    remove('importer')
    pass(60)
    remove('exporter')
    pass(60)
    expect(() => find('exporter')).not.toThrow()
    expect(find('exporter').status).toBe('DELETE_COMPLETE')
  })

  test('keeps what AWS says of a resource while an export in use forbids it', () => {
    const {create, pass, remove, find, world} = engineWorld()
    const bucketName = {'Fn::ImportValue': 'the-name'}
    create('exporter', {
      Resources: {Bucket: {Type: 'AWS::S3::Bucket', Properties: {BucketName: 'full'}}},
      Outputs: {Name: {Value: 'taken', Export: {Name: 'the-name'}}},
    })
    pass(120)
    const bucket = world.account.buckets.full
    if (!bucket) throw new Error('no bucket')
    bucket.objects.key = {body: '', etag: 'e', size: 0, modifiedAt: 0}
    remove('exporter')
    pass(120)
    create('importer', {Resources: {A: {Type: 'AWS::S3::Bucket', Properties: {BucketName: bucketName}}}})
    pass(120)
    remove('exporter')
    pass(60)
    expect(find('exporter').statusReason).toContain('Cannot delete export the-name')
    expect(find('exporter').resources.Bucket?.status).toBe('DELETE_FAILED')
  })

  test('of a stack being created stops the creation', () => {
    const {create, pass, remove, find, region} = engineWorld()
    const stack = create('demo', {
      Resources: {Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}},
    })
    pass(8)
    remove('demo')
    pass(120)
    expect(find(stack.id).status).toBe('DELETE_COMPLETE')
    expect(region.resources).toEqual({})
  })

  test('leaves it to be found by its id for 90 days', () => {
    const {create, pass, remove, world, region} = engineWorld()
    const gone = (name: string) => {
      create(name, {Resources: {A: logGroup('a')}})
      pass(60)
      remove(name)
      pass(60)
    }
    const day = 86_400
    gone('first')
    pass(89 * day)
    gone('second')
    expect(Object.values(region.stacks).map(({name}) => name)).toEqual(['first', 'second'])
    pass(2 * day)
    gone('third')
    forgetOldStacks(world, region)
    expect(Object.values(region.stacks).map(({name}) => name)).toEqual(['second', 'third'])
  })

  test('is refused while the stack is being updated', () => {
    const {create, update, pass, remove, find} = engineWorld()
    create('demo', {Resources: {A: logGroup('a')}})
    pass(60)
    update('demo', {Resources: {A: logGroup('a'), B: logGroup('b')}})
    expect(() => remove('demo')).toThrow('Stack [demo] cannot be deleted while in status UPDATE_IN_PROGRESS')
    pass(60)
    expect(find('demo').status).toBe('UPDATE_COMPLETE')
  })

  test('is refused under termination protection, and no error for a name that does not exist', () => {
    const {create, pass, remove} = engineWorld()
    create('demo', {Resources: {A: logGroup('a')}}, {terminationProtection: true})
    pass(60)
    expect(() => remove('demo')).toThrow(
      'Stack [demo] cannot be deleted while TerminationProtection is enabled',
    )
    expect(() => remove('nothing')).not.toThrow()
  })
})
