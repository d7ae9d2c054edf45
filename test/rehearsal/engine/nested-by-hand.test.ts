import {describe, expect, test} from 'vitest'
import {engineWorld, logGroup} from './engine-world.js'

const nested = (url: string, more: object = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: {TemplateURL: url},
  ...more,
})

/** A root with two nested stacks; the second one imports what the first one exports. */
function tree() {
  const world = engineWorld()
  const {create, upload, pass, find, region, children} = world
  const first = upload('first.json', {
    Resources: {A: logGroup('a')},
    Outputs: {Name: {Value: {Ref: 'A'}, Export: {Name: 'the-name'}}},
  })
  const second = upload('second.json', {
    Resources: {
      B: logGroup('b', {
        Properties: {LogGroupName: {'Fn::Sub': ['$' + '{n}-b', {n: {'Fn::ImportValue': 'the-name'}}]}},
      }),
    },
  })
  const template = {Resources: {First: nested(first), Second: nested(second, {DependsOn: 'First'})}}
  create('root', template)
  pass(300)
  const child = (logicalId: string) => {
    const all = children(find('root')).filter(({parentLogicalId}) => parentLogicalId === logicalId)
    const newest = all.at(-1)
    if (newest === undefined) throw new Error(`no ${logicalId}`)
    return newest
  }
  return {...world, template, child, groups: () => Object.keys(region.resources).sort()}
}

describe('a nested stack that somebody works on by itself', () => {
  test('is deleted, and neither its root nor its resource there know of it', () => {
    const {remove, pass, child, find, groups} = tree()
    remove(child('Second').id)
    pass(120)
    expect(child('Second').status).toBe('DELETE_COMPLETE')
    expect(find('root')).toMatchObject({
      status: 'CREATE_COMPLETE',
      resources: {Second: {status: 'CREATE_COMPLETE'}},
    })
    expect(groups()).toEqual(['AWS::Logs::LogGroup/a'])
  })

  test('is not deleted while its exports are in use, and stays as it was', () => {
    const {remove, pass, child, find} = tree()
    remove(child('First').id)
    expect(child('First').status).toBe('DELETE_IN_PROGRESS')
    pass(60)
    expect(child('First').status).toBe('CREATE_COMPLETE')
    expect(child('First').statusReason).toContain(`as it is in use by ${child('Second').name}.`)
    expect(find('root').status).toBe('CREATE_COMPLETE')
  })

  test('cannot be updated by its root once it is deleted: the root goes back to what it was', () => {
    const {remove, update, upload, pass, child, find, template} = tree()
    const {id} = child('Second')
    remove(id)
    pass(120)
    const url = upload('other.json', {Resources: {B: logGroup('other')}})
    update('root', {Resources: {...template.Resources, Second: nested(url)}})
    pass(300)
    expect(find('root').status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(find('root').events.map(({reason}) => reason)).toContain(
      `Stack:${id} is in DELETE_COMPLETE state and can not be updated.`,
    )
  })

  test('is made anew when its root has given its resource up and takes it in again', () => {
    const {remove, update, pass, child, find, template, groups} = tree()
    const {id} = child('Second')
    remove(id)
    pass(120)
    const {First} = template.Resources
    update('root', {Resources: {First}})
    pass(300)
    expect(find('root')).toMatchObject({status: 'UPDATE_COMPLETE', resources: {First: {}}})
    expect(find('root').resources.Second).toBeUndefined()
    update('root', template)
    pass(300)
    expect(find('root').status).toBe('UPDATE_COMPLETE')
    expect(child('Second').id).not.toBe(id)
    expect(groups()).toEqual(['AWS::Logs::LogGroup/a', 'AWS::Logs::LogGroup/a-b'])
  })

  test('that is being updated is not deleted with its root, in the words of DeleteStack', () => {
    const {remove, update, pass, child, find} = tree()
    const second = child('Second')
    update(second.id, {Resources: {B: logGroup('a-b'), Vpc: vpc}})
    pass(3)
    expect(second.status).toBe('UPDATE_IN_PROGRESS')
    remove('root')
    pass(300)
    expect(find('root').status).toBe('DELETE_FAILED')
    expect(find('root').events.map(({reason}) => reason)).toContain(
      `Stack [${second.id}] cannot be deleted while in status UPDATE_IN_PROGRESS`,
    )
    expect(second.status).toBe('UPDATE_COMPLETE')
    remove('root')
    pass(300)
    expect(find('root').status).toBe('DELETE_COMPLETE')
  })

  test('that outsiders import from is not deleted with its root', () => {
    const {create, remove, pass, child, find} = tree()
    create('outsider', {
      Resources: {A: {Type: 'AWS::S3::Bucket', Properties: {BucketName: {'Fn::ImportValue': 'the-name'}}}},
    })
    pass(120)
    remove('root')
    pass(300)
    expect(find('root').status).toBe('DELETE_FAILED')
    expect(find('root').events.map(({reason}) => reason)).toContain(
      `Embedded stack ${child('First').id} was not successfully deleted: Delete canceled. Cannot delete export the-name as it is in use by outsider.`,
    )
    expect(child('First').status).toBe('CREATE_COMPLETE')
  })
})

const vpc = {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}

describe('a rollback that is stuck at a nested stack', () => {
  const days = (retention: number, more: object = {}) => ({
    Resources: {
      A: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: 'a', RetentionInDays: retention}},
      ...more,
    },
  })

  /** A root in UPDATE_ROLLBACK_FAILED, because its nested stack is. */
  function stuck() {
    const world = engineWorld()
    const {create, update, upload, pass, find, children, region} = world
    const url = upload('child.json', days(7))
    const root = {Resources: {Child: nested(url)}}
    create('root', root)
    pass(120)
    upload('child.json', days(30, {Broken: {...vpc, Properties: {CidrBlock: 'none'}, DependsOn: 'A'}}))
    update('root', root)
    const [child] = children(find('root'))
    if (child === undefined) throw new Error('no nested stack')
    while (child.status !== 'UPDATE_ROLLBACK_IN_PROGRESS') pass(1)
    const [gone] = world.world.resourcesOf(region, 'AWS::Logs::LogGroup')
    if (gone) world.world.remove(region, gone)
    pass(120)
    expect([child.status, find('root').status]).toEqual(['UPDATE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED'])
    return {...world, child}
  }

  test('continues past it only when it is deleted and skipped', () => {
    const {child, find, remove, pass, continueRollback} = stuck()
    expect(() => continueRollback('root', 'Child')).toThrow('can not be skipped')
    remove(child.id)
    pass(120)
    expect(child.status).toBe('DELETE_COMPLETE')
    continueRollback('root')
    pass(120)
    expect(find('root').status).toBe('UPDATE_ROLLBACK_FAILED')
    expect(find('root').resources.Child?.reason).toBe(
      `Stack:${child.id} is in DELETE_COMPLETE state and can not be updated.`,
    )
    continueRollback('root', 'Child')
    pass(120)
    expect(find('root').status).toBe('UPDATE_ROLLBACK_COMPLETE')
  })
})
