import {describe, expect, test} from 'vitest'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'

const child = (days: unknown = {Ref: 'Days'}) => ({
  Parameters: {Days: {Type: 'Number', Default: 7}, Secret: {Type: 'String', NoEcho: true, Default: 's'}},
  Resources: {
    Group: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: 'group', RetentionInDays: days}},
  },
  Outputs: {Name: {Value: {Ref: 'Group'}}},
})

const nested = (url: string, more: object = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: {TemplateURL: url, ...more},
})

describe('a nested stack', () => {
  test('runs as a stack of its own and gives its outputs to the parent', () => {
    const {create, upload, pass, find, children, events} = engineWorld()
    const url = upload('child.json', child())
    create('root', {
      Resources: {NetworkStack: nested(url)},
      Outputs: {Name: {Value: {'Fn::GetAtt': ['NetworkStack', 'Outputs.Name']}}},
    })
    pass(180)
    const root = find('root')
    const [made] = children(root)
    expect(root.status).toBe('CREATE_COMPLETE')
    expect(made?.name).toMatch(/^root-NetworkStack-[A-Z0-9]{12}$/)
    expect(made?.status).toBe('CREATE_COMPLETE')
    expect(made?.rootId).toBe(root.id)
    expect(root.outputs[0]?.value).toBe('group')
    expect(events(root).slice(1, 3)).toEqual([
      'NetworkStack CREATE_IN_PROGRESS',
      'NetworkStack CREATE_IN_PROGRESS "Resource creation Initiated"',
    ])
  })

  test('that fails stays CREATE_FAILED, cancels its siblings, and goes with the root rollback', () => {
    const {create, upload, pass, find, region, events} = engineWorld()
    const bad = upload('bad.json', {
      Resources: {A: logGroup('a'), Broken: {...brokenLogGroup, DependsOn: 'A'}},
    })
    const slow = upload('slow.json', {
      Resources: {Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}},
    })
    create('root', {Resources: {Bad: nested(bad), Slow: nested(slow)}})
    pass(600)
    const root = find('root')
    const badStack = Object.values(region.stacks).find(({name}) => name.startsWith('root-Bad'))
    if (!badStack) throw new Error('no nested stack')
    const told = events(root)
    expect(told).toContain(
      `Bad CREATE_FAILED "Embedded stack ${badStack.id} was not successfully created: The following resource(s) failed to create: [Broken]. "`,
    )
    expect(root.status).toBe('ROLLBACK_COMPLETE')
    expect(events(badStack)).toContain(
      `${badStack.name} CREATE_FAILED "The following resource(s) failed to create: [Broken]. "`,
    )
    expect(badStack.status).toBe('DELETE_COMPLETE')
    expect(region.resources).toEqual({})
  })

  test('is not touched by an update that changes nothing in it', () => {
    const {create, update, upload, pass, find, children} = engineWorld()
    const url = upload('child.json', child())
    const template = (days: string) => ({
      Resources: {
        One: nested(url),
        Two: logGroup('two', {Properties: {LogGroupName: 'two', RetentionInDays: days}}),
      },
    })
    create('root', template('7'))
    pass(180)
    const [made] = children(find('root'))
    const before = made?.events.length
    update('root', template('30'))
    pass(180)
    expect(find('root').status).toBe('UPDATE_COMPLETE')
    expect(made?.events.length).toBe(before)
    expect(
      find('root').events.filter(({logicalId, status}) => logicalId === 'One' && status.startsWith('UPDATE')),
    ).toEqual([])
  })

  test('is complete at once when what changed for it touches nothing in it', () => {
    const {create, update, upload, pass, find, children} = engineWorld()
    const url = upload('child.json', {
      Parameters: {Unused: {Type: 'String', Default: 'a'}},
      Resources: {Group: logGroup('group')},
    })
    const root = (value: string) => ({Resources: {One: nested(url, {Parameters: {Unused: value}})}})
    create('root', root('a'))
    pass(180)
    const told = children(find('root'))[0]?.events.length
    update('root', root('b'))
    pass(180)
    expect(find('root').status).toBe('UPDATE_COMPLETE')
    expect(children(find('root'))[0]?.events.length).toBe(told)
  })

  test('updates when only the template behind its URL changed', () => {
    const {create, update, upload, pass, find, children, events} = engineWorld()
    const url = upload('child.json', child())
    const root = {Resources: {One: nested(url)}}
    create('root', root)
    pass(180)
    expect(() => update('root', root)).toThrow('No updates')
    upload('child.json', child(30))
    update('root', root)
    pass(180)
    const stack = find('root')
    const [made] = children(stack)
    expect(stack.status).toBe('UPDATE_COMPLETE')
    if (!made) throw new Error('no nested stack')
    expect(events(made).slice(-5)).toEqual([
      `${made.name} UPDATE_IN_PROGRESS "User Initiated"`,
      'Group UPDATE_IN_PROGRESS',
      'Group UPDATE_COMPLETE',
      `${made.name} UPDATE_COMPLETE_CLEANUP_IN_PROGRESS`,
      `${made.name} UPDATE_COMPLETE`,
    ])
  })

  test('that fails to update takes its siblings back with it', () => {
    const {create, update, upload, pass, find, region} = engineWorld()
    const good = upload('good.json', child())
    const bad = upload('bad.json', {Resources: {A: logGroup('a')}})
    const root = (days: string) => ({
      Resources: {
        Good: nested(good, {Parameters: {Days: days}}),
        Bad: {...nested(bad), DependsOn: 'Good'},
      },
    })
    create('root', root('7'))
    pass(300)
    upload('bad.json', {Resources: {A: logGroup('a'), Broken: brokenLogGroup}})
    update('root', root('30'))
    pass(900)
    expect(find('root').status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(
      Object.values(region.stacks)
        .filter(({parentId}) => parentId)
        .map(({status}) => status),
    ).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'])
    expect(region.resources['AWS::Logs::LogGroup/group']?.properties.RetentionInDays).toBe('7')
    expect(region.resources['AWS::Logs::LogGroup/broken']).toBeUndefined()
  })

  test('comes to rest as updated when its sibling fails without rollback', () => {
    const {create, update, upload, pass, find, region} = engineWorld()
    const good = upload('good.json', child())
    const bad = upload('bad.json', {Resources: {A: logGroup('a')}})
    const root = (days: string) => ({
      Resources: {Good: nested(good, {Parameters: {Days: days}}), Bad: {...nested(bad), DependsOn: 'Good'}},
    })
    create('root', root('7'))
    pass(300)
    upload('bad.json', {Resources: {A: logGroup('a'), Broken: brokenLogGroup}})
    update('root', root('30'), {disableRollback: true})
    pass(900)
    expect(find('root').status).toBe('UPDATE_FAILED')
    const statuses = Object.values(region.stacks).map(({name, status}) => [name.split('-')[1], status])
    expect(statuses).toContainEqual(['Good', 'UPDATE_COMPLETE'])
    expect(statuses).toContainEqual(['Bad', 'UPDATE_FAILED'])
    upload('bad.json', {Resources: {A: logGroup('a'), Broken: logGroup('mended')}})
    update('root', root('30'), {disableRollback: true})
    pass(900)
    expect(find('root').status).toBe('UPDATE_COMPLETE')
    expect(region.resources['AWS::Logs::LogGroup/mended']).toBeDefined()
  })

  test('fails the resource when it needs a capability that the root was not given', () => {
    const {create, upload, pass, find} = engineWorld()
    const role = {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {Statement: []}}}
    const url = upload('role.json', {Resources: {Role: role}})
    create('root', {Resources: {One: nested(url)}})
    pass(120)
    expect(find('root').events.map(({reason}) => reason)).toContain(
      'Requires capabilities : [CAPABILITY_IAM]',
    )
    create('allowed', {Resources: {One: nested(url)}}, {capabilities: ['CAPABILITY_IAM']})
    pass(180)
    expect(find('allowed').status).toBe('CREATE_COMPLETE')
  })

  test('fails the resource when its template is not there', () => {
    const {create, pass, find} = engineWorld()
    create('root', {Resources: {One: nested('https://templates.s3.us-west-2.amazonaws.com/nothing.json')}})
    pass(120)
    expect(find('root').events.map(({reason}) => reason)).toContain(
      'S3 error: The specified bucket does not exist',
    )
  })

  test('is deleted with its parent, in reverse', () => {
    const {create, upload, pass, remove, find, region} = engineWorld()
    const url = upload('child.json', child())
    const stack = create('root', {Resources: {One: nested(url), Two: logGroup('two', {DependsOn: 'One'})}})
    pass(180)
    remove('root')
    pass(180)
    expect(find(stack.id).status).toBe('DELETE_COMPLETE')
    expect(Object.values(region.stacks).map(({status}) => status)).toEqual([
      'DELETE_COMPLETE',
      'DELETE_COMPLETE',
    ])
    expect(region.resources).toEqual({})
  })
})

describe('a nested stack that somebody deleted by itself', () => {
  const inner = {Resources: {X: logGroup('x')}}
  const outer = (TemplateURL: string, more: object = {}) => ({
    Resources: {Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL}}, ...more},
  })

  test('cannot be updated with its parent, which takes back what it can', () => {
    const {create, update, remove, upload, pass, children, region} = engineWorld()
    const stack = create('root', outer(upload('child.json', inner)))
    pass(120)
    const [child] = children(stack)
    remove(child?.id ?? '')
    pass(60)
    update('root', outer(upload('child.json', inner), {New: logGroup('new')}))
    pass(120)
    expect([stack.status, child?.status]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'DELETE_COMPLETE'])
    const failed = stack.events.find(({status}) => status === 'UPDATE_FAILED')
    expect(failed?.reason).toBe(`Stack:${child?.id} is in DELETE_COMPLETE state and can not be updated.`)
    expect(region.resources).toEqual({})
    remove('root')
    pass(60)
    expect(stack.status).toBe('DELETE_COMPLETE')
  })

  test('is made anew when it only was in review', () => {
    const {changeSet, execute, remove, upload, pass, find, children} = engineWorld()
    const template = outer(upload('child.json', inner))
    changeSet('root', template, {type: 'CREATE', includeNestedStacks: true})
    pass(15)
    const [first] = children(find('root'))
    remove(first?.id ?? '')
    pass(15)
    execute('root')
    pass(120)
    const statuses = children(find('root')).map(({status}) => status)
    expect([find('root').status, ...statuses]).toEqual([
      'CREATE_COMPLETE',
      'DELETE_COMPLETE',
      'CREATE_COMPLETE',
    ])
  })
})

test('a deletion continues with the nested deletions that a rollback had begun', () => {
  const {create, remove, upload, pass, children} = engineWorld()
  const TemplateURL = upload('child.json', {Resources: {X: logGroup('x')}})
  const Child = {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL}}
  const stack = create('root', {Resources: {Child, Broken: {...brokenLogGroup, DependsOn: 'Child'}}})
  while (children(stack)[0]?.status !== 'DELETE_IN_PROGRESS') pass(1)
  remove('root')
  pass(60)
  const [child] = children(stack)
  expect([stack.status, child?.status]).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE'])
  const begun = child?.events.filter(
    ({logicalId, status}) => logicalId === child.name && /^DELETE_IN/.test(status),
  )
  expect(begun).toHaveLength(1)
})

test('a root is deleted with its nested stack, whenever during their creation that is asked', () => {
  const halfSeconds = Array.from({length: 60}, (_, index) => index / 2)
  const ends = halfSeconds.map(seconds => {
    const {create, remove, upload, pass, children} = engineWorld()
    // Long enough to delete that its parent notices the end of its creation meanwhile.
    const Resources = {
      X: logGroup('x'),
      Y: logGroup('y', {DependsOn: 'X'}),
      Z: logGroup('z', {DependsOn: 'Y'}),
    }
    const stack = create('root', {Resources: {Child: nested(upload('child.json', {Resources}))}})
    pass(seconds)
    const nestedThen = children(stack)[0]?.status
    remove('root')
    pass(120)
    const statuses = [stack, ...children(stack)].map(({status}) => status)
    return {seconds, nestedThen, statuses: [...new Set(statuses)], reason: stack.statusReason}
  })
  expect(ends.filter(({statuses}) => statuses.join() !== 'DELETE_COMPLETE')).toEqual([])
  const begunUnder = new Set(ends.map(({nestedThen}) => nestedThen))
  expect(begunUnder).toEqual(new Set([undefined, 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE']))
})
