import {describe, expect, test} from 'vitest'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'

const two = {Resources: {A: logGroup('a'), B: logGroup('b', {DependsOn: 'A'})}}

const nested = (url: string, parameters: object = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: {TemplateURL: url, Parameters: parameters},
})

function existing(
  template: object = two,
  more: Parameters<ReturnType<typeof engineWorld>['create']>[2] = {},
) {
  const account = engineWorld()
  const stack = account.create('demo', template, more)
  account.pass(300)
  return {...account, stack}
}

describe('a change set for a new stack', () => {
  test('puts the stack in review, plans every resource, and creates them when it is executed', () => {
    const {changeSet, execute, pass, find, events} = engineWorld()
    const plan = changeSet('demo', two, {type: 'CREATE'})
    expect(plan.status).toBe('CREATE_PENDING')
    pass(10)
    const stack = find('demo')
    expect(events(stack)).toEqual(['demo REVIEW_IN_PROGRESS "User Initiated"'])
    expect(stack.updatedAt).toBeUndefined()
    expect(plan).toMatchObject({status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE'})
    expect(plan.changes.map(({action, logicalId}) => `${action} ${logicalId}`)).toEqual(['Add A', 'Add B'])
    execute('demo')
    pass(60)
    expect(stack.status).toBe('CREATE_COMPLETE')
    expect(events(stack)[1]).toBe('demo CREATE_IN_PROGRESS "User Initiated"')
    expect(plan.executionStatus).toBe('EXECUTE_COMPLETE')
    expect(stack.changeSetId).toBe(plan.id)
  })

  test('joins a stack in review, and refuses one that exists', () => {
    const {changeSet, pass, find, region} = engineWorld()
    changeSet('demo', two, {type: 'CREATE'})
    changeSet('demo', two, {type: 'CREATE', changeSetName: 'other'})
    pass(10)
    expect(Object.keys(region.stacks)).toHaveLength(1)
    expect(find('demo').changeSets?.map(({name}) => name)).toEqual(['plan', 'other'])
    const {changeSet: again} = existing()
    expect(() => again('demo', two, {type: 'CREATE'})).toThrow(
      'Stack [demo] already exists and cannot be created again with the changeSet [plan].',
    )
  })

  test('gives way to CreateStack, which takes the stack over', () => {
    const {changeSet, create, execute, pass} = engineWorld()
    const plan = changeSet('demo', two, {type: 'CREATE'})
    pass(10)
    const stack = create('demo', two)
    expect(stack.id).toBe(plan.stackId)
    expect(plan.executionStatus).toBe('OBSOLETE')
    expect(() => execute('demo')).toThrow('cannot be executed in its current execution status of [OBSOLETE]')
    pass(60)
    expect(stack.status).toBe('CREATE_COMPLETE')
  })

  test('that is still being planned then cannot create the stack a second time', () => {
    const {changeSet, create, execute, pass} = engineWorld()
    const plan = changeSet('demo', two, {type: 'CREATE'})
    const stack = create('demo', two)
    pass(60)
    expect([plan.status, plan.executionStatus]).toEqual(['CREATE_COMPLETE', 'OBSOLETE'])
    expect(() => execute('demo')).toThrow('cannot be executed in its current execution status of [OBSOLETE]')
    expect(stack.status).toBe('CREATE_COMPLETE')
  })

  test('leaves nothing when its stack is deleted instead', () => {
    const {changeSet, remove, pass, find} = engineWorld()
    const {stackId} = changeSet('demo', two, {type: 'CREATE'})
    pass(10)
    remove('demo')
    pass(10)
    expect(find(stackId).status).toBe('DELETE_COMPLETE')
  })

  test('is not executed any more once its stack is being deleted', () => {
    const {changeSet, execute, remove, pass, find} = engineWorld()
    changeSet('demo', two, {type: 'CREATE'})
    pass(15)
    const {id} = find('demo')
    remove('demo')
    expect(() => execute('demo')).toThrow(
      `Stack:${id} is in DELETE_IN_PROGRESS state and can not be updated.`,
    )
    pass(15)
    expect(find(id).status).toBe('DELETE_COMPLETE')
  })

  test('deletes the stack whose creation fails when it is told to', () => {
    const {changeSet, execute, pass, find, region} = engineWorld()
    const broken = {Resources: {A: logGroup('a', {Properties: {LogGroupName: 'a', RetentionInDays: 8}})}}
    const {stackId} = changeSet('demo', broken, {type: 'CREATE', onStackFailure: 'DELETE'})
    pass(10)
    expect(() => execute('demo', {disableRollback: true})).toThrow(
      'You cannot specify both OnStackFailure and DisableRollback.',
    )
    execute('demo')
    pass(60)
    expect(find(stackId).status).toBe('DELETE_COMPLETE')
    expect(region.resources).toEqual({})
  })
})

describe('a change set for an update', () => {
  const renamed = {Resources: {A: logGroup('renamed'), C: logGroup('c')}}

  test('tells what is added, replaced and removed, and why', () => {
    const {changeSet, pass} = existing()
    const plan = changeSet('demo', renamed)
    pass(10)
    expect(plan.changes).toMatchObject([
      {
        action: 'Modify',
        logicalId: 'A',
        physicalId: 'a',
        replacement: 'True',
        policyAction: 'ReplaceAndDelete',
        scope: ['Properties'],
        details: [
          {
            name: 'LogGroupName',
            requiresRecreation: 'Always',
            evaluation: 'Static',
            source: 'DirectModification',
          },
        ],
      },
      {action: 'Add', logicalId: 'C'},
      {action: 'Remove', logicalId: 'B', physicalId: 'b', policyAction: 'Delete'},
    ])
    expect(plan.changes[0]?.after).toBe('{"Properties":{"LogGroupName":"renamed","RetentionInDays":7}}')
  })

  test('names the parameter that changes a property, and what only the execution will show', () => {
    const template = (days: number) => ({
      Parameters: {Name: {Type: 'String', Default: 'a'}},
      Resources: {
        A: logGroup('a', {Properties: {LogGroupName: {Ref: 'Name'}, RetentionInDays: days}}),
        Reader: {
          Type: 'AWS::SSM::Parameter',
          Properties: {Name: 'p', Type: 'String', Value: {'Fn::GetAtt': ['A', 'Arn']}},
        },
      },
    })
    const {changeSet, pass, execute, find, world, region} = existing(template(7))
    const plan = changeSet('demo', template(7), {parameters: [{name: 'Name', value: 'b'}]})
    pass(10)
    expect(plan.changes.map(({logicalId, replacement}) => [logicalId, replacement])).toEqual([
      ['A', 'True'],
      ['Reader', 'False'],
    ])
    expect(plan.changes[0]?.details[0]).toMatchObject({source: 'ParameterReference', causingEntity: 'Name'})
    expect(plan.changes[1]?.details[0]).toMatchObject({
      name: 'Value',
      evaluation: 'Dynamic',
      source: 'ResourceAttribute',
      causingEntity: 'A.Arn',
    })
    expect(plan.changes[1]?.after).toContain('{{IntrinsicFunction://A/Arn}}')
    execute('demo')
    pass(120)
    expect(find('demo').status).toBe('UPDATE_COMPLETE')
    expect(world.resource(region, 'AWS::SSM::Parameter', 'p')?.properties.Value).toContain(':b:*')
  })

  test('fails when nothing would change', () => {
    const {changeSet, pass, execute} = existing()
    const plan = changeSet('demo', two)
    pass(10)
    expect(plan).toMatchObject({
      status: 'FAILED',
      executionStatus: 'UNAVAILABLE',
      statusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    })
    expect(() => execute('demo')).toThrow(
      `ChangeSet [${plan.id}] cannot be executed in its current status of [FAILED]`,
    )
  })

  test('goes with the others when one is executed, and never twice', () => {
    const {changeSet, pass, execute, find} = existing()
    changeSet('demo', renamed)
    changeSet('demo', {Resources: {A: logGroup('a')}}, {changeSetName: 'other'})
    pass(10)
    execute('demo', {clientRequestToken: 'once'})
    expect(find('demo').changeSets?.map(({name}) => name)).toEqual(['plan'])
    expect(() => execute('demo')).toThrow('current execution status of [EXECUTE_IN_PROGRESS]')
    expect(() => execute('demo', {clientRequestToken: 'once'})).not.toThrow()
    expect(() => execute('demo', {changeSetName: 'other'})).toThrow('ChangeSet [other] does not exist')
    pass(120)
    expect(() => execute('demo')).toThrow('current execution status of [EXECUTE_COMPLETE]')
  })

  test('ends the work on the others when one is executed, and on all when the stack is deleted', () => {
    const {stack, changeSet, execute, remove, pass} = existing()
    const works = () =>
      stack.lastOperations
        .filter(({type}) => type === 'CREATE_CHANGESET')
        .map(({endedAt, failed}) => (endedAt === undefined ? 'works' : failed ? 'failed' : 'done'))
    const template = {Resources: {...two.Resources, C: logGroup('c')}}
    changeSet('demo', template)
    pass(15)
    changeSet('demo', template, {changeSetName: 'second'})
    expect(works()).toEqual(['works', 'done'])
    execute('demo')
    expect(works()).toEqual(['failed', 'done'])
    pass(60)
    changeSet('demo', two, {changeSetName: 'third'})
    remove('demo')
    pass(60)
    expect([stack.status, stack.changeSets, works()]).toEqual([
      'DELETE_COMPLETE',
      [],
      ['done', 'failed', 'done'],
    ])
  })

  test('is obsolete once the stack was updated otherwise', () => {
    const {changeSet, update, pass} = existing()
    const plan = changeSet('demo', renamed)
    pass(10)
    update('demo', {Resources: {A: logGroup('a')}})
    expect(plan.executionStatus).toBe('OBSOLETE')
  })

  test('is refused for a missing stack, a busy one, a second of its name, and another type of a resource', () => {
    const {changeSet, update, pass, stack} = existing()
    expect(() => changeSet('nothing', two)).toThrow('Stack [nothing] does not exist')
    changeSet('demo', renamed, {clientRequestToken: 'once'})
    expect(() => changeSet('demo', renamed)).toThrow('ChangeSet [plan] already exists')
    expect(changeSet('demo', renamed, {clientRequestToken: 'once'}).name).toBe('plan')
    expect(() =>
      changeSet('demo', {Resources: {A: {Type: 'AWS::SNS::Topic'}}}, {changeSetName: 'x'}),
    ).toThrow(
      'Update of resource type is not permitted. The new template modifies resource type of the following resources: [A]',
    )
    pass(10)
    update('demo', renamed)
    expect(() => changeSet('demo', two, {changeSetName: 'late'})).toThrow(
      `Stack:${stack.id} is in UPDATE_IN_PROGRESS state and can not be updated.`,
    )
  })

  test('can be deleted, and again, but not while it works', () => {
    const {changeSet, dropChangeSet, pass, find} = existing()
    changeSet('demo', renamed)
    expect(() => dropChangeSet('demo')).toThrow('cannot be deleted in its current status of [CREATE_PENDING]')
    pass(10)
    dropChangeSet('demo')
    dropChangeSet('demo')
    expect(find('demo').changeSets).toEqual([])
    expect(() => dropChangeSet('nothing')).toThrow('Stack [nothing] does not exist')
  })

  test('waits for an export that does not exist yet', () => {
    const {changeSet, pass} = existing()
    const importing = {
      Resources: {A: logGroup('a', {Properties: {LogGroupName: {'Fn::ImportValue': 'later'}}})},
    }
    const plan = changeSet('demo', importing)
    pass(10)
    expect(plan.status).toBe('CREATE_COMPLETE')
  })

  test('masks values of NoEcho parameters', () => {
    const secret = (value: unknown) => ({
      Parameters: {Secret: {Type: 'String', NoEcho: true, Default: 'x'}},
      Resources: {A: {Type: 'AWS::SSM::Parameter', Properties: {Name: 'p', Type: 'String', Value: value}}},
    })
    const {changeSet, pass} = existing(secret('plain'))
    const plan = changeSet('demo', secret({Ref: 'Secret'}), {
      parameters: [{name: 'Secret', value: 'canary-4711'}],
    })
    pass(10)
    expect(JSON.stringify(plan.changes)).not.toContain('canary-4711')
    expect(plan.changes[0]?.after).toContain('"Value":"****"')
  })
})

describe('a change set with nested stacks', () => {
  const child = (days: number) => ({
    Parameters: {Name: {Type: 'String', AllowedPattern: '[a-z]+'}},
    Resources: {
      Group: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: {Ref: 'Name'}, RetentionInDays: days}},
    },
    Outputs: {Arn: {Value: {'Fn::GetAtt': ['Group', 'Arn']}}, Name: {Value: 'second'}},
  })
  const root = (url: string) => ({
    Resources: {
      First: nested(url, {Name: 'first'}),
      Second: nested(url, {Name: {'Fn::GetAtt': ['First', 'Outputs.Name']}}),
    },
  })

  test('puts root and nested stacks in review, and creates these very stacks', () => {
    const {changeSet, execute, upload, pass, find, children} = engineWorld()
    const plan = changeSet('root', root(upload('child.json', child(7))), {
      type: 'CREATE',
      includeNestedStacks: true,
    })
    pass(15)
    const made = children(find('root'))
    expect(made.map(({status}) => status)).toEqual(['REVIEW_IN_PROGRESS', 'REVIEW_IN_PROGRESS'])
    expect(plan.changes.map(({changeSetId}) => changeSetId)).toEqual(
      made.map(({changeSets}) => changeSets?.[0]?.id),
    )
    const [first, second] = made
    expect(first?.changeSets?.[0]).toMatchObject({
      status: 'CREATE_COMPLETE',
      statusReason: 'Only executable from the root change set.',
      executionStatus: 'UNAVAILABLE',
      rootId: plan.id,
    })
    expect(second?.changeSets?.[0]?.change.parameters.Name).toBe('{{IntrinsicFunction://First/Outputs.Name}}')
    expect(() => execute(first?.name ?? '', {changeSetName: first?.changeSets?.[0]?.id})).toThrow(
      'current execution status of [UNAVAILABLE]',
    )
    execute('root')
    pass(180)
    expect(find('root').status).toBe('CREATE_COMPLETE')
    expect(children(find('root')).map(({id}) => id)).toEqual(made.map(({id}) => id))
    expect(made.map(({status, parameters}) => [status, parameters.Name])).toEqual([
      ['CREATE_COMPLETE', 'first'],
      ['CREATE_COMPLETE', 'second'],
    ])
  })

  test('fails with the first nested one that fails, while others still work', () => {
    const {changeSet, upload, pass, find, children} = engineWorld()
    const good = upload('good.json', child(7))
    const bad = upload('bad.json', {Resources: {A: {Type: 'AWS::Logs::LogGroup', Properties: {Nmae: 'x'}}}})
    const template = {Resources: {Good: nested(good, {Name: 'good'}), Bad: nested(bad)}}
    const plan = changeSet('root', template, {type: 'CREATE', includeNestedStacks: true})
    pass(15)
    const failed = children(find('root')).find(({name}) => name.startsWith('root-Bad'))
    expect(plan).toMatchObject({
      status: 'FAILED',
      statusReason: `Nested change set ${failed?.changeSets?.[0]?.id} was not successfully created: Currently in FAILED.`,
    })
    expect(failed?.changeSets?.[0]?.statusReason).toContain('[AWS::EarlyValidation::PropertyValidation]')
  })

  test('leaves out nested stacks in which nothing changes; without looking, they may all have changed', () => {
    const {changeSet, create, upload, pass} = engineWorld()
    const url = upload('child.json', child(7))
    create('root', root(url))
    pass(180)
    const blind = changeSet('root', root(url), {changeSetName: 'blind'})
    const looking = changeSet('root', root(url), {changeSetName: 'looking', includeNestedStacks: true})
    pass(15)
    expect(blind.changes.map(({logicalId}) => logicalId)).toEqual(['First', 'Second'])
    expect(blind.changes[0]?.details).toMatchObject([{evaluation: 'Dynamic', source: 'Automatic'}])
    expect(looking.statusReason).toContain("didn't contain changes")
    upload('child.json', child(30))
    const changed = changeSet('root', root(url), {changeSetName: 'changed', includeNestedStacks: true})
    pass(15)
    expect(changed.changes.map(({logicalId}) => logicalId)).toEqual(['First', 'Second'])
  })

  test.each([
    ['the execution of another', true],
    ['its own deletion', false],
  ])('leaves no stack in review behind after %s', (_, executes) => {
    const {changeSet, dropChangeSet, execute, upload, pass, find, children} = engineWorld()
    const url = upload('child.json', child(7))
    const inner = {Resources: {Inner: nested(url, {Name: 'inner'})}}
    const deep = upload('deep.json', inner)
    const options = {type: 'CREATE', includeNestedStacks: true} as const
    const kept = nested(url, {Name: 'kept'})
    changeSet('root', {Resources: {Kept: kept, Gone: nested(deep)}}, {...options, changeSetName: 'first'})
    pass(15)
    const made = children(find('root'))
    const all = [...made, ...made.flatMap(stack => children(stack))]
    expect(all.map(({parentLogicalId}) => parentLogicalId)).toEqual(['Kept', 'Gone', 'Inner'])
    changeSet('root', {Resources: {Kept: kept}}, options)
    pass(15)
    if (executes) execute('root')
    else dropChangeSet('root', 'first')
    pass(180)
    const status = executes ? 'CREATE_COMPLETE' : 'REVIEW_IN_PROGRESS'
    expect(all.map(stack => stack.status)).toEqual([status, 'DELETE_COMPLETE', 'DELETE_COMPLETE'])
  })

  test.each([
    ['its deletion', 'DELETE_COMPLETE', 'drop'],
    ['the deletion of the root', 'DELETE_COMPLETE', 'remove'],
    ['something of that happens', 'REVIEW_IN_PROGRESS', 'wait'],
  ] as const)('that adds to a nested stack leaves it in review until %s', (_, status, what) => {
    const {changeSet, dropChangeSet, create, remove, upload, pass, region} = engineWorld()
    const url = upload('child.json', child(7))
    const middle = (Resources: object) => upload('middle.json', {Resources})
    const template = {Resources: {Middle: nested(middle({A: logGroup('a')}))}}
    create('root', template)
    pass(120)
    middle({A: logGroup('a'), Inner: nested(url, {Name: 'inner'})})
    changeSet('root', template, {includeNestedStacks: true})
    pass(15)
    if (what === 'drop') dropChangeSet('root')
    if (what === 'remove') remove('root')
    pass(120)
    const inner = Object.values(region.stacks).find(({parentLogicalId}) => parentLogicalId === 'Inner')
    expect(inner?.status).toBe(status)
  })

  test('leaves no stack in review behind when its execution is undone', () => {
    const {changeSet, execute, upload, pass, region} = engineWorld()
    const url = upload('child.json', child(7))
    const Broken = {...brokenLogGroup, DependsOn: 'First'}
    const First = logGroup('first')
    const Inner = {...nested(url, {Name: 'inner'}), DependsOn: 'Broken'}
    const middle = upload('middle.json', {Resources: {First, Broken, Inner}})
    const template = {Resources: {Middle: nested(middle)}}
    changeSet('root', template, {type: 'CREATE', includeNestedStacks: true})
    pass(15)
    expect(Object.keys(region.stacks)).toHaveLength(3)
    execute('root')
    pass(300)
    const statuses = Object.values(region.stacks).map(({status}) => status)
    expect(statuses).toEqual(['ROLLBACK_COMPLETE', 'DELETE_COMPLETE', 'DELETE_COMPLETE'])
  })

  test('leaves no stack in review behind when CreateStack takes the root over', () => {
    const {changeSet, create, upload, pass, find, children} = engineWorld()
    const url = upload('child.json', child(7))
    changeSet('root', root(url), {type: 'CREATE', includeNestedStacks: true})
    pass(15)
    const made = children(find('root'))
    create('root', two)
    pass(60)
    expect(find('root').status).toBe('CREATE_COMPLETE')
    expect(made.map(({status}) => status)).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE'])
  })

  test('takes the stacks in review with it when it is deleted, a moment later', () => {
    const {changeSet, dropChangeSet, upload, pass, find, region} = engineWorld()
    const url = upload('child.json', child(7))
    const plan = changeSet('root', root(url), {type: 'CREATE', includeNestedStacks: true})
    pass(15)
    dropChangeSet('root')
    expect(plan.status).toBe('DELETE_IN_PROGRESS')
    pass(10)
    expect(find('root').changeSets).toEqual([])
    expect(Object.values(region.stacks).map(({status}) => status)).toEqual([
      'REVIEW_IN_PROGRESS',
      'DELETE_COMPLETE',
      'DELETE_COMPLETE',
    ])
  })
})
