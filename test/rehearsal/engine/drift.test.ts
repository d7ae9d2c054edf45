import {describe, expect, test} from 'vitest'
import {engineWorld, logGroup} from './engine-world.js'

const template = {
  Resources: {
    Group: logGroup('kept'),
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {Statement: []},
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      },
    },
    Reader: {
      Type: 'AWS::SSM::Parameter',
      Properties: {Name: '/demo/role', Type: 'String', Value: {'Fn::GetAtt': ['Role', 'Arn']}},
    },
  },
}

const capabilities = ['CAPABILITY_IAM']
const reverting = {
  deploymentMode: 'REVERT_DRIFT',
  usePreviousTemplate: true,
  templateBody: undefined,
  capabilities,
}

/** An existing stack, what somebody does to it, and the plan of a drift-aware change set for it. */
function damaged(damage: (account: ReturnType<typeof engineWorld>) => void, output: object = {}) {
  const account = engineWorld()
  const stack = account.create('demo', {...template, ...output}, {capabilities})
  account.pass(300)
  expect(stack.status).toBe('CREATE_COMPLETE')
  damage(account)
  const plan = account.changeSet('demo', {}, reverting)
  account.pass(10)
  return {...account, stack, plan}
}

const take = (type: string) => (account: ReturnType<typeof engineWorld>) => {
  const [resource] = account.world.resourcesOf(account.region, type)
  if (resource) account.world.remove(account.region, resource)
}

describe('a drift-aware change set', () => {
  test('makes anew what somebody deleted, and changes what reads it', () => {
    const {plan, execute, pass, stack, world, region} = damaged(take('AWS::IAM::Role'))
    const before = stack.resources.Role?.physicalId
    expect(plan).toMatchObject({status: 'CREATE_COMPLETE', driftStatus: 'DRIFTED'})
    expect(plan.changes).toMatchObject([
      {action: 'Add', logicalId: 'Role', driftStatus: 'DELETED'},
      {action: 'Modify', logicalId: 'Reader', driftStatus: 'IN_SYNC'},
    ])
    execute('demo')
    pass(300)
    expect(stack.status).toBe('UPDATE_COMPLETE')
    expect(stack.resources.Role?.physicalId).not.toBe(before)
    const [role] = world.resourcesOf(region, 'AWS::IAM::Role')
    const [reader] = world.resourcesOf(region, 'AWS::SSM::Parameter')
    expect(reader?.attributes.Value).toBe(role?.attributes.Arn)
  })

  test('puts back what somebody changed', () => {
    const {plan, execute, pass, world, region} = damaged(account => {
      const [role] = account.world.resourcesOf(account.region, 'AWS::IAM::Role')
      if (role) role.properties = {...role.properties, ManagedPolicyArns: []}
    })
    expect(plan.changes[0]).toMatchObject({
      action: 'Modify',
      logicalId: 'Role',
      driftStatus: 'MODIFIED',
      replacement: 'False',
      details: [{name: 'ManagedPolicyArns'}],
    })
    execute('demo')
    pass(300)
    const [role] = world.resourcesOf(region, 'AWS::IAM::Role')
    expect(role?.properties.ManagedPolicyArns).toEqual(['arn:aws:iam::aws:policy/AdministratorAccess'])
  })

  test('has nothing to do where everything is as it was made, and is refused for a new stack', () => {
    const {plan, changeSet} = damaged(() => {})
    expect(plan).toMatchObject({status: 'FAILED', driftStatus: 'IN_SYNC'})
    expect(plan.statusReason).toMatch(/didn't contain changes/)
    const create = {deploymentMode: 'REVERT_DRIFT', type: 'CREATE' as const}
    expect(() => changeSet('other', template, create)).toThrow('only valid when ChangeSetType is UPDATE')
    expect(() => changeSet('demo', template, {deploymentMode: 'OTHER'})).toThrow('[REVERT_DRIFT]')
  })

  test('cannot give another stack a new value of an export that it reads', () => {
    const exported = {Outputs: {Arn: {Value: {'Fn::GetAtt': ['Role', 'Arn']}, Export: {Name: 'role'}}}}
    const readExport = {Name: '/copy', Type: 'String', Value: {'Fn::ImportValue': 'role'}}
    const {execute, pass, stack, events} = damaged(account => {
      account.create('reader', {Resources: {Copy: {Type: 'AWS::SSM::Parameter', Properties: readExport}}})
      account.pass(60)
      take('AWS::IAM::Role')(account)
    }, exported)
    execute('demo')
    pass(300)
    expect(stack.status).toMatch(/^UPDATE_ROLLBACK_/)
    expect(events(stack).join()).toContain('Export role cannot be updated as it is in use by reader')
  })
})
