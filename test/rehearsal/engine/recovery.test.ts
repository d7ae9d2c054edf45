import {describe, expect, test} from 'vitest'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'

const days = (retention: number, more: object = {}) => ({
  Resources: {A: logGroup('a', {Properties: {LogGroupName: 'a', RetentionInDays: retention}}), ...more},
})
const broken = {Broken: {...brokenLogGroup, DependsOn: 'A'}}
const nested = (url: string, more: object = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: {TemplateURL: url},
  ...more,
})

function existing(template: object) {
  const account = engineWorld()
  const stack = account.create('demo', template)
  account.pass(120)
  const retention = () => account.region.resources['AWS::Logs::LogGroup/a']?.properties.RetentionInDays
  return {...account, stack, retention}
}

describe('RollbackStack', () => {
  test('undoes a creation that failed without rollback', () => {
    const {create, rollBack, pass, events, region} = engineWorld()
    const stack = create('demo', days(7, broken), {disableRollback: true})
    pass(60)
    const told = stack.events.length
    rollBack('demo')
    pass(60)
    expect(events(stack).slice(told)).toEqual([
      'demo ROLLBACK_IN_PROGRESS "User Initiated"',
      'Broken DELETE_COMPLETE',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'demo ROLLBACK_COMPLETE',
    ])
    expect(region.resources).toEqual({})
  })

  test('returns to the last stable state, over several updates that failed without rollback', () => {
    const {update, rollBack, pass, stack, retention, region} = existing(days(7))
    update('demo', days(14, broken), {disableRollback: true})
    pass(60)
    update('demo', days(30, {New: logGroup('new', {DependsOn: 'A'}), ...broken}), {disableRollback: true})
    pass(60)
    expect([stack.status, retention()]).toEqual(['UPDATE_FAILED', 30])
    rollBack('demo')
    pass(120)
    expect([stack.status, retention()]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 7])
    expect(Object.keys(region.resources)).toEqual(['AWS::Logs::LogGroup/a'])
    expect(Object.keys(stack.resources)).toEqual(['A'])
    expect(stack.stable).toBeUndefined()
  })

  test('comes with cancelling a retry, for all that failed updates before it had changed', () => {
    const {update, cancel, pass, stack, retention, region} = existing(days(7))
    update('demo', days(14, {New: logGroup('new'), ...broken}), {disableRollback: true})
    pass(60)
    expect([stack.status, retention()]).toEqual(['UPDATE_FAILED', 14])
    const slow = {Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}}
    update('demo', days(14, {New: logGroup('new'), ...slow}), {disableRollback: true})
    pass(6)
    cancel('demo')
    pass(120)
    expect([stack.status, retention()]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 7])
    expect(Object.keys(region.resources)).toEqual(['AWS::Logs::LogGroup/a'])
  })

  test('undoes a stack that never had a stable state, even after a retry', () => {
    const {create, update, rollBack, pass, region} = engineWorld()
    const stack = create('demo', days(7, broken), {disableRollback: true})
    pass(60)
    update('demo', days(14, broken), {disableRollback: true})
    pass(60)
    expect(stack.status).toBe('UPDATE_FAILED')
    rollBack('demo')
    pass(60)
    expect(stack.status).toBe('ROLLBACK_COMPLETE')
    expect(region.resources).toEqual({})
  })

  test('takes nested stacks back, those that had updated well too', () => {
    const {create, update, rollBack, upload, pass, find, children, region} = engineWorld()
    const good = upload('good.json', days(7))
    const bad = upload('bad.json', {Resources: {X: logGroup('x')}})
    const root = {Resources: {Good: nested(good), Bad: nested(bad, {DependsOn: 'Good'})}}
    create('root', root)
    pass(180)
    upload('good.json', days(30))
    upload('bad.json', {Resources: {X: logGroup('x'), Broken: brokenLogGroup}})
    update('root', root, {disableRollback: true})
    pass(300)
    expect(find('root').status).toBe('UPDATE_FAILED')
    rollBack('root')
    pass(300)
    expect(find('root').status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(children(find('root')).map(({status}) => status)).toEqual([
      'UPDATE_ROLLBACK_COMPLETE',
      'UPDATE_ROLLBACK_COMPLETE',
    ])
    expect(region.resources['AWS::Logs::LogGroup/a']?.properties.RetentionInDays).toBe(7)
  })

  test('finds what nested stacks no longer needed still there, until the tree has succeeded', () => {
    const {create, update, rollBack, upload, pass, children, region} = engineWorld()
    upload('child.json', days(7, {Old: logGroup('old')}))
    const root = (more: object = {}) => ({
      Resources: {Child: nested('https://templates.s3.us-west-2.amazonaws.com/child.json'), ...more},
    })
    const stack = create('root', root())
    pass(180)
    const names = () => Object.values(region.resources).map(({physicalId}) => physicalId)
    upload('child.json', days(14))
    const failing = {Broken: {...brokenLogGroup, DependsOn: 'Child'}}
    for (const _ of ['first', 'retry']) {
      update('root', root(failing), {disableRollback: true})
      pass(180)
      expect([stack.status, children(stack)[0]?.status]).toEqual(['UPDATE_FAILED', 'UPDATE_COMPLETE'])
      upload('child.json', days(30))
    }
    expect(names()).toEqual(['a', 'old'])
    rollBack('root')
    pass(180)
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(Object.keys(children(stack)[0]?.resources ?? {}).sort()).toEqual(['A', 'Old'])
    expect(names()).toEqual(['a', 'old'])
    expect(region.resources['AWS::Logs::LogGroup/a']?.properties.RetentionInDays).toBe(7)
    update('root', root(failing), {disableRollback: true})
    pass(180)
    update('root', root(), {disableRollback: true})
    pass(180)
    expect([stack.status, names()]).toEqual(['UPDATE_COMPLETE', ['a']])
  })

  test('finds every nested stack at rest when the failure cancelled one whose own nested stack was done', () => {
    const {create, update, rollBack, upload, pass, region} = engineWorld()
    const leaf = (retention: number) => upload('leaf.json', days(retention))
    const middle = (more: object = {}) => upload('middle.json', {Resources: {Leaf: nested(leaf(7)), ...more}})
    const stack = create('root', {Resources: {Middle: nested(middle())}})
    pass(180)
    const url = middle({Bucket: {Type: 'AWS::S3::Bucket'}})
    leaf(30)
    const chain = {
      One: logGroup('one'),
      Two: logGroup('two', {DependsOn: 'One'}),
      Three: logGroup('three', {DependsOn: 'Two'}),
      Broken: {...brokenLogGroup, DependsOn: 'Three'},
    }
    update('root', {Resources: {Middle: nested(url), ...chain}}, {disableRollback: true})
    while (stack.operation) pass(1)
    const statuses = () => Object.values(region.stacks).map(({status}) => status)
    expect(statuses()).toEqual(['UPDATE_FAILED', 'UPDATE_FAILED', 'UPDATE_COMPLETE'])
    rollBack('root')
    pass(180)
    expect(statuses()).toEqual(Array(3).fill('UPDATE_ROLLBACK_COMPLETE'))
    expect(region.resources['AWS::Logs::LogGroup/a']?.properties.RetentionInDays).toBe(7)
  })
})

describe('ContinueUpdateRollback', () => {
  /** An update whose rollback fails, because log group `a` is gone. */
  function stuck() {
    const account = existing(days(7))
    account.update('demo', days(30, broken))
    while (account.stack.status !== 'UPDATE_ROLLBACK_IN_PROGRESS') account.pass(1)
    const [gone] = account.world.resourcesOf(account.region, 'AWS::Logs::LogGroup')
    if (gone) account.world.remove(account.region, gone)
    account.pass(60)
    return {...account, gone}
  }

  test('tries again what failed, and succeeds once the cause is gone', () => {
    const {stack, pass, events, continueRollback, world, region, gone, retention} = stuck()
    expect(stack.status).toBe('UPDATE_ROLLBACK_FAILED')
    expect(stack.statusReason).toBe('The following resource(s) failed to update: [A]. ')
    continueRollback('demo')
    pass(60)
    expect(stack.status).toBe('UPDATE_ROLLBACK_FAILED')
    if (gone) world.put(region, gone)
    const told = stack.events.length
    continueRollback('demo')
    pass(60)
    expect(events(stack).slice(told)).toEqual(
      [
        'demo UPDATE_ROLLBACK_IN_PROGRESS "User Initiated"',
        'A UPDATE_IN_PROGRESS',
        'A UPDATE_COMPLETE',
        'demo UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
        'Broken DELETE_COMPLETE',
        'demo UPDATE_ROLLBACK_COMPLETE',
      ].filter(line => line !== 'Broken DELETE_COMPLETE'),
    )
    expect(retention()).toBe(7)
    expect(stack.lastOperations[0]?.type).toBe('CONTINUE_ROLLBACK')
  })

  test('leaves out what is to be skipped, and nothing else', () => {
    const {stack, pass, continueRollback} = stuck()
    expect(() => continueRollback('demo', 'B')).toThrow('Resources [B] are not in the UPDATE_FAILED state')
    continueRollback('demo', 'A')
    pass(60)
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(stack.resources.A?.status).toBe('UPDATE_COMPLETE')
  })

  test('skips resources of nested stacks by `Nested.LogicalId`, asked of the root alone', () => {
    const {create, update, upload, pass, find, children, continueRollback, world, region} = engineWorld()
    const url = upload('child.json', days(7))
    const root = {Resources: {Child: nested(url)}}
    create('root', root)
    pass(120)
    upload('child.json', days(30, broken))
    update('root', root)
    const [child] = children(find('root'))
    while (child?.status !== 'UPDATE_ROLLBACK_IN_PROGRESS') pass(1)
    const [gone] = world.resourcesOf(region, 'AWS::Logs::LogGroup')
    if (gone) world.remove(region, gone)
    pass(120)
    expect([child.status, find('root').status]).toEqual(['UPDATE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED'])
    expect(() => continueRollback(child.id)).toThrow('RollbackUpdatedStack cannot be invoked on child stacks')
    continueRollback('root', 'Child.A')
    pass(120)
    expect([child.status, find('root').status]).toEqual([
      'UPDATE_ROLLBACK_COMPLETE',
      'UPDATE_ROLLBACK_COMPLETE',
    ])
  })
})

describe('CancelUpdateStack', () => {
  test('is for the root, and takes running nested stacks back with it', () => {
    const {create, update, upload, pass, find, children, cancel, region} = engineWorld()
    const url = upload('child.json', days(7))
    const root = {Resources: {Child: nested(url)}}
    create('root', root)
    pass(120)
    upload('child.json', days(30, {Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}}))
    update('root', root)
    pass(15)
    const [child] = children(find('root'))
    expect(child?.status).toBe('UPDATE_IN_PROGRESS')
    expect(() => cancel(child?.id ?? '')).toThrow(
      'CancelUpdateStack cannot be called from current stack status',
    )
    cancel('root')
    pass(180)
    expect([child?.status, find('root').status]).toEqual([
      'UPDATE_ROLLBACK_COMPLETE',
      'UPDATE_ROLLBACK_COMPLETE',
    ])
    expect(Object.keys(region.resources)).toEqual(['AWS::Logs::LogGroup/a'])
  })
})

describe('an update that tries a failed creation again', () => {
  const tree = (url: string) => ({Resources: {Child: nested(url)}})

  /** A creation without rollback that failed in a nested stack, after the nested stack's log group. */
  function failedCreation() {
    const account = engineWorld()
    const url = account.upload('child.json', days(7, broken))
    const stack = account.create('root', tree(url), {disableRollback: true})
    account.pass(120)
    const [child] = account.children(stack)
    if (!child) throw new Error('no nested stack')
    expect([stack.status, child.status]).toEqual(['CREATE_FAILED', 'CREATE_FAILED'])
    const retry = () => {
      account.update('root', tree(url), {disableRollback: true})
      account.pass(180)
    }
    return {...account, stack, child, retry}
  }

  test('continues with the nested stack that is there', () => {
    const {upload, stack, child, children, retry, events, remove, pass, region} = failedCreation()
    upload('child.json', days(7))
    const told = {stack: stack.events.length, child: child.events.length}
    retry()
    expect(children(stack)).toEqual([child])
    expect(stack.resources.Child?.physicalId).toBe(child.id)
    expect(events(stack).slice(told.stack)).toEqual([
      'root UPDATE_IN_PROGRESS "User Initiated"',
      'Child UPDATE_IN_PROGRESS',
      'Child UPDATE_COMPLETE',
      'root UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Child UPDATE_IN_PROGRESS',
      'Child UPDATE_COMPLETE',
      'root UPDATE_COMPLETE',
    ])
    expect(events(child)[told.child]).toBe(`${child.name} UPDATE_IN_PROGRESS "User Initiated"`)
    expect(child.status).toBe('UPDATE_COMPLETE')
    remove('root')
    pass(120)
    expect([stack.status, child.status]).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE'])
    expect(region.resources).toEqual({})
  })

  test('that fails again leaves one nested stack, which goes with its root', () => {
    const {stack, child, children, retry, remove, pass, region} = failedCreation()
    retry()
    retry()
    expect(children(stack)).toEqual([child])
    expect([stack.status, child.status, stack.resources.Child?.status]).toEqual([
      'UPDATE_FAILED',
      'UPDATE_FAILED',
      'UPDATE_FAILED',
    ])
    remove('root')
    pass(120)
    expect([stack.status, child.status]).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE'])
    expect(region.resources).toEqual({})
  })

  test('that fails again can be rolled back, nested stack and all', () => {
    const {stack, child, retry, rollBack, pass, region} = failedCreation()
    retry()
    rollBack('root')
    pass(120)
    expect([stack.status, child.status]).toEqual(['ROLLBACK_COMPLETE', 'DELETE_COMPLETE'])
    expect(region.resources).toEqual({})
  })

  test('completes a nested stack whose outputs alone had failed', () => {
    const {create, upload, update, pass, children} = engineWorld()
    const outputs = {Outputs: {O: {Value: {'Fn::GetAtt': ['A', 'None']}}}}
    const url = upload('child.json', {...days(7), ...outputs})
    const stack = create('root', tree(url), {disableRollback: true})
    pass(120)
    expect(stack.status).toBe('CREATE_FAILED')
    upload('child.json', days(7))
    update('root', tree(url), {disableRollback: true})
    pass(120)
    expect([stack.status, ...children(stack).map(({status}) => status)]).toEqual([
      'UPDATE_COMPLETE',
      'UPDATE_COMPLETE',
    ])
  })

  test('completes the resource of a nested stack that had come to its end unnoticed', () => {
    const {create, upload, update, pass, children, region, remove} = engineWorld()
    const url = upload('child.json', days(7))
    const vpc = {Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}}
    for (let wait = 0; ; wait += 1) {
      if (wait > 40) throw new Error('the nested stack never ended unnoticed')
      const chain = Array.from({length: wait}, (_, n) => [
        `W${n}`,
        logGroup(`w${n}`, {DependsOn: n === 0 ? 'Vpc' : `W${n - 1}`}),
      ])
      const last = wait === 0 ? 'Vpc' : `W${wait - 1}`
      const template = {
        Resources: {
          ...vpc,
          ...Object.fromEntries(chain),
          Broken: {...brokenLogGroup, DependsOn: last},
          Child: nested(url),
        },
      }
      const name = `root${wait}`
      const stack = create(name, template, {disableRollback: true})
      pass(400)
      const [child] = children(stack)
      if (child?.status !== 'CREATE_COMPLETE' || stack.resources.Child?.status !== 'CREATE_FAILED') {
        remove(name)
        pass(400)
        continue
      }
      const {Broken: _, ...good} = template.Resources
      update(name, {Resources: good}, {disableRollback: true})
      pass(200)
      expect([stack.status, stack.resources.Child.status, children(stack).length]).toEqual([
        'UPDATE_COMPLETE',
        'UPDATE_COMPLETE',
        1,
      ])
      remove(name)
      pass(200)
      expect(region.resources).toEqual({})
      return
    }
  })
})

describe('an update of a resource that fails before it begins', () => {
  const tagged = (value: unknown, more: object = {}) => {
    const Tags = [{Key: 'k', Value: value}]
    return {Resources: {A: logGroup('a', {Properties: {LogGroupName: 'a', Tags}}), ...more}}
  }
  const missing = {'Fn::Select': [1, {'Fn::Split': [',', {Ref: 'AWS::StackName'}]}]}
  const late = {Late: logGroup('late', {DependsOn: 'A'})}

  function failing(more: object = {}) {
    const account = existing(tagged('before'))
    const data = account.region.resources['AWS::Logs::LogGroup/a']?.data ?? {}
    data.kept = 'log lines'
    const told = account.stack.events.length
    account.update('demo', tagged(missing, late), more)
    account.pass(120)
    const live = () => account.region.resources['AWS::Logs::LogGroup/a']?.data.kept
    return {...account, live, news: () => account.events(account.stack).slice(told)}
  }
  const reason = '"Template error: Fn::Select  cannot select nonexistent value at index 1"'

  test('is told as an update, and is taken back', () => {
    const {stack, news, live} = failing()
    expect(news()).toEqual([
      'demo UPDATE_IN_PROGRESS "User Initiated"',
      'A UPDATE_IN_PROGRESS',
      `A UPDATE_FAILED ${reason}`,
      'demo UPDATE_ROLLBACK_IN_PROGRESS "The following resource(s) failed to update: [A]. "',
      'A UPDATE_IN_PROGRESS',
      'A UPDATE_COMPLETE',
      'demo UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'demo UPDATE_ROLLBACK_COMPLETE',
    ])
    expect([stack.status, stack.resources.A?.status, live()]).toEqual([
      'UPDATE_ROLLBACK_COMPLETE',
      'UPDATE_COMPLETE',
      'log lines',
    ])
  })

  test('keeps what is there, also when it is tried again', () => {
    const {stack, update, remove, pass, news, live, region} = failing({disableRollback: true})
    expect([stack.status, stack.resources.A?.status, live()]).toEqual([
      'UPDATE_FAILED',
      'UPDATE_FAILED',
      'log lines',
    ])
    const told = news().length
    update('demo', tagged('after'), {disableRollback: true})
    pass(60)
    expect(news().slice(told)).toEqual([
      'demo UPDATE_IN_PROGRESS "User Initiated"',
      'A UPDATE_IN_PROGRESS',
      'A UPDATE_COMPLETE',
      'demo UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'demo UPDATE_COMPLETE',
    ])
    expect(live()).toBe('log lines')
    remove('demo')
    pass(60)
    expect(region.resources).toEqual({})
  })

  test('tells a refused replacement as an update too, and keeps the old one', () => {
    const {update, pass, stack, region} = existing(days(7))
    update('demo', {Resources: {A: logGroup('renamed')}}, {disableRollback: true})
    pass(60)
    expect(stack.resources.A).toMatchObject({
      status: 'UPDATE_FAILED',
      reason: 'Replacement type updates not supported on stack with disable-rollback.',
      physicalId: 'a',
    })
    update('demo', days(14), {disableRollback: true})
    pass(60)
    expect(stack.status).toBe('UPDATE_COMPLETE')
    expect(Object.keys(region.resources)).toEqual(['AWS::Logs::LogGroup/a'])
  })
})
