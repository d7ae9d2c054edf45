import {describe, expect, test} from 'vitest'
import type {PlannedChange} from '../../src/aws/change-sets.js'
import {checkPlan} from '../../src/steps/repair/check-plan.js'
import {refusal} from '../../src/steps/repair/decide.js'
import type {Damage, Deed} from '../../src/steps/resources/damage.js'
import {needsNewServices} from '../../src/steps/resources/repair-action.js'

const words = {
  reach: {region: 'us-west-2', endpoint: undefined},
  deploy: 'mcpgw deploy',
  verify: 'mcpgw verify',
}

function damage(type: string, deed: Deed = {is: 'gone'}, outputs: Record<string, string> = {}): Damage {
  const name = type.split('::')[2] ?? ''
  const stack = {id: 'arn:demo', name: 'demo-data', status: 'CREATE_COMPLETE', parameters: {}, outputs}
  return {key: 'data', stack, logicalId: name, type, physicalId: `id-of-${name}`, deed}
}

function refused(damages: readonly Damage[], accepted: readonly string[] = []) {
  const error = refusal({damages, unread: []}, accepted, words)
  return error && `${error.exitCode} ${error.code}: ${error.hint}`
}

describe('--repair', () => {
  test('puts back what held nothing without being asked again', () => {
    const types = ['IAM::Role', 'Logs::LogGroup', 'EFS::AccessPoint', 'ElasticLoadBalancingV2::Listener']
    expect(refused(types.map(type => damage(`AWS::${type}`)))).toBeUndefined()
  })

  test.each(['SecretsManager::Secret', 'ECR::Repository', 'RDS::DBCluster', 'EFS::FileSystem'])(
    'makes no %s anew in silence',
    type => {
      const lost = damage(`AWS::${type}`)
      expect(refused([damage('AWS::IAM::Role'), lost])).toBe(
        `3 REPAIR_LOSES_DATA: Run \`mcpgw deploy --repair --accept-loss ${lost.logicalId}\` if that is to be.`,
      )
      expect(refused([lost], [lost.logicalId])).toBeUndefined()
    },
  )

  test('names all that is lost in one command', () => {
    expect(refused([damage('AWS::ECR::Repository'), damage('AWS::RDS::DBCluster')])).toContain(
      '--repair --accept-loss Repository --accept-loss DBCluster',
    )
  })

  test('leaves alone what one command brings back as it was, and what everything depends on', () => {
    expect(refused([damage('AWS::SecretsManager::Secret', {is: 'deleting'})])).toBe(
      '3 REPAIR_BY_HAND: Run `aws secretsmanager restore-secret --secret-id id-of-Secret --region us-west-2`, then `mcpgw deploy --repair`.',
    )
    expect(refused([damage('AWS::EC2::VPC')])).toMatch(/^3 REPAIR_NOT_POSSIBLE: Run `mcpgw deploy --replace`/)
  })

  test('names what somebody made in the place of what is gone, before anything is lost', () => {
    const arn = 'arn:aws:elasticloadbalancing:us-west-2:1:listener/app/a/b/c'
    const listener = {...damage('AWS::ElasticLoadBalancingV2::Listener'), rival: {id: arn}}
    expect(refused([damage('AWS::ECR::Repository'), listener])).toBe(
      `3 REPAIR_IN_THE_WAY: Run \`aws elbv2 delete-listener --listener-arn ${arn} --region us-west-2\`, then \`mcpgw deploy --repair\`.`,
    )
    const line = 'efs delete-mount-target --mount-target-id fsmt-1'
    expect(refused([{...damage('AWS::EFS::MountTarget'), rival: {id: 'fsmt-1', line}}])).toBe(
      `3 REPAIR_IN_THE_WAY: Run \`aws ${line} --region us-west-2\`, then \`mcpgw deploy --repair\`.`,
    )
  })

  test('an emptied secret is filled by hand, and missing images by every deployment', () => {
    expect(refused([damage('AWS::SecretsManager::Secret', {is: 'empty'})])).toBe(
      '3 REPAIR_BY_HAND: Run `aws secretsmanager put-secret-value --secret-id id-of-Secret --secret-string file://VALUE --region us-west-2`, then `mcpgw deploy --repair`.',
    )
    expect(refused([damage('AWS::ECR::Repository', {is: 'empty'})])).toBeUndefined()
  })

  test('refuses to accept the loss of what is not lost', () => {
    expect(refused([damage('AWS::IAM::Role')], ['Secret'])).toMatch(/^3 NOTHING_LOST/)
  })

  test('repairs nothing while something could not be looked at', () => {
    const unread = [{type: 'AWS::IAM::Role', count: 9, reason: 'Access denied.'}]
    expect(refusal({damages: [], unread}, [], words)).toMatchObject({code: 'CANNOT_LOOK', exitCode: 3})
  })
})

describe('the change set of a repair', () => {
  const change = (logicalId: string, type: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
    ...{action: 'Add', logicalId, type: `AWS::${type}`, replaces: false, drift: 'DELETED'},
    ...more,
  })
  const role = damage('AWS::IAM::Role')

  test('must bring back all that is damaged', () => {
    expect(checkPlan([change('Role', 'IAM::Role')], [role], [])).toBeUndefined()
    expect(checkPlan([], [role], [])).toMatch(/does not bring back Role/)
  })

  test('may not make anew, replace or remove what holds data', () => {
    const plans = [
      change('Cluster', 'RDS::DBCluster'),
      change('Cluster', 'RDS::DBCluster', {action: 'Modify', replaces: true}),
      change('Key', 'KMS::Key', {action: 'Remove'}),
    ]
    for (const plan of plans) {
      expect(checkPlan([change('Role', 'IAM::Role'), plan], [role], [])).toMatch(/would be lost/)
    }
    expect(
      checkPlan([change('Role', 'IAM::Role'), change('Cluster', 'RDS::DBCluster')], [role], ['Cluster']),
    ).toBeUndefined()
  })
})

test('services are made anew where they read what changes, and not where a name stays', () => {
  const exported = {Arn: 'arn:aws:iam::1:role/id-of-Role'}
  expect(needsNewServices(damage('AWS::IAM::Role', {is: 'gone'}, exported))).toBe(true)
  expect(needsNewServices(damage('AWS::IAM::Role'))).toBe(false)
  expect(needsNewServices(damage('AWS::IAM::Role', {is: 'detached', policies: ['p']}, exported))).toBe(false)
  expect(needsNewServices(damage('AWS::ECR::Repository', {is: 'gone'}, {Uri: 'x/id-of-Repository'}))).toBe(
    false,
  )
  expect(needsNewServices(damage('AWS::RDS::DBCluster'))).toBe(true)
})
