import {describe, expect, test} from 'vitest'
import {compareRole} from '../../../src/parity/compare/role.js'
import type {JsonObject} from '../../../src/parity/json.js'
import type {TerraformResource} from '../../../src/parity/plan/resource.js'
import type {DeployedResource} from '../../../src/parity/templates/deployed.js'
import {comparing, made, planned} from './small.js'

const role = planned('aws_iam_role.task', {id: 'task', name: 'task', arn: 'arn:aws:iam::1:role/task'})
const secret = planned('aws_secretsmanager_secret.key', {arn: 'arn:aws:secretsmanager:key'})
const places: Record<string, string> = {
  'aws_iam_role.task': 'compute.Role',
  'aws_secretsmanager_secret.key': 'data.Key',
  'aws_iam_policy.own': 'compute.Role',
  'aws_iam_policy.exec': 'compute.ExecPolicy',
  'aws_iam_policy.other': 'compute.OtherRole',
}
const read = {
  Effect: 'Allow',
  Action: ['secretsmanager:GetSecretValue'],
  Resource: 'arn:aws:secretsmanager:key',
}
const readHere = {...read, Resource: ['<ref:data.Key>']}
const document = (...Statement: JsonObject[]) => ({Version: '2012-10-17', Statement})
const inline = (...statements: JsonObject[]) => [{PolicyName: 'x', PolicyDocument: document(...statements)}]
const policy = (...statements: JsonObject[]) =>
  planned('aws_iam_policy.own', {
    arn: 'arn:aws:iam::1:policy/own',
    policy: JSON.stringify(document(...statements)),
  })

function compare(
  plan: readonly TerraformResource[],
  properties: JsonObject,
  more: readonly DeployedResource[] = [],
) {
  const here = made('compute.Role', 'AWS::IAM::Role', properties)
  const others = [
    planned('aws_iam_policy.exec', {arn: 'arn:aws:iam::1:policy/exec'}),
    planned('aws_iam_policy.other', {arn: 'arn:aws:iam::1:policy/other'}),
  ]
  const {byAddress, onlyHere, parts} = compareRole(
    {here, pointer: '<compute.Role>', resources: [role, ...plan]},
    [here, ...more],
    comparing([role, secret, ...others, ...plan], places, [here, ...more]),
  )
  return {verdicts: plan.flatMap(({address}) => byAddress.get(address) ?? []), onlyHere, parts}
}

describe('what a policy grants is part of the role', () => {
  test('inline', () => {
    expect(compare([policy(read)], {Policies: inline(readHere)})).toMatchObject({verdicts: [], onlyHere: []})
  })

  test('in a policy by itself', () => {
    const own = made('services.Own', 'AWS::IAM::RolePolicy', {
      RoleName: '<ref:compute.Role>',
      PolicyDocument: document(readHere),
    })
    const listed = made('services.Listed', 'AWS::IAM::Policy', {
      Roles: ['<ref:compute.Role>'],
      PolicyDocument: document(readHere),
    })
    const another = made('services.Another', 'AWS::IAM::RolePolicy', {
      RoleName: '<ref:compute.OtherRole>',
      PolicyDocument: document({...readHere, Action: 's3:*'}),
    })
    expect(compare([policy(read)], {}, [own, another])).toEqual({
      verdicts: [],
      onlyHere: [],
      parts: ['services.Own'],
    })
    expect(compare([policy(read)], {}, [listed]).verdicts).toEqual([])
    const managed = made('services.Managed', 'AWS::IAM::ManagedPolicy', listed.properties)
    expect(compare([], {}, [managed])).toMatchObject({parts: [], onlyHere: [{here: '<services.Managed>'}]})
  })

  test('in a managed policy that it has', () => {
    const exec = made('compute.ExecPolicy', 'AWS::IAM::ManagedPolicy', {PolicyDocument: document(readHere)})
    const attached = {ManagedPolicyArns: ['<ref:compute.ExecPolicy>']}
    expect(compare([policy(read)], attached, [exec]).verdicts).toEqual([])
    expect(compare([policy(read)], {}, [exec]).verdicts).toHaveLength(1)
  })
})

test('what only one side grants is told, actions of one resource together', () => {
  const more = {...read, Action: ['secretsmanager:GetSecretValue', 's3:GetObject', 's3:PutObject']}
  const fewer = {...readHere, Action: ['secretsmanager:GetSecretValue', 'kms:Decrypt']}
  expect(compare([policy(more)], {Policies: inline(fewer)})).toMatchObject({
    verdicts: [
      {
        attribute: 'policy',
        property: null,
        verdict: 'different',
        terraform: 'Allow s3:getobject, s3:putobject on <data.Key>',
      },
    ],
    onlyHere: [
      {attribute: null, property: 'Policies', verdict: 'different', here: 'Allow kms:decrypt on <data.Key>'},
    ],
  })
})

test('a policy that is known after an apply only leaves open what the role may do', () => {
  const unknown = planned('aws_iam_policy.own', {}, {unknown: {policy: true}})
  const {verdicts, onlyHere} = compare([unknown], {Policies: inline(readHere)})
  expect([...verdicts, ...onlyHere].map(({verdict}) => verdict)).toEqual(['unknown', 'unknown'])
})

test('inline policies of the role count, those that a state tells of others do not', () => {
  const blocks = {inline_policy: [{name: 'x', policy: JSON.stringify(document(read))}]}
  const own = planned('aws_iam_role.own', blocks)
  expect(compare([own], {}).verdicts).toMatchObject([{verdict: 'different'}])
  const told = planned('aws_iam_role.own', blocks, {unknownInPlan: {inline_policy: true}})
  expect(compare([told], {}).verdicts).toEqual([])
})

describe('an attachment', () => {
  const attachment = (arn: string, more: JsonObject = {}) =>
    planned('aws_iam_role_policy_attachment.a', {policy_arn: arn, role: 'task', ...more})

  test.each([
    [
      "of AWS's own",
      'arn:aws:iam::aws:policy/ReadOnly',
      {ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnly']},
    ],
    [
      'of one that is a policy here',
      'arn:aws:iam::1:policy/exec',
      {ManagedPolicyArns: ['<ref:compute.ExecPolicy>']},
    ],
    ['of one that is in the role', 'arn:aws:iam::1:policy/own', {}],
  ])('%s is the same', (_, arn, properties) => {
    const {verdicts, onlyHere} = compare([policy(), attachment(arn)], properties)
    expect([verdicts, onlyHere]).toEqual([[], []])
  })

  test.each([
    [
      "of AWS's own",
      'arn:aws:iam::aws:policy/AdministratorAccess',
      'arn:aws:iam::aws:policy/AdministratorAccess',
    ],
    ['of one that is a policy here', 'arn:aws:iam::1:policy/exec', '<compute.ExecPolicy>'],
    ['of one that is in another role', 'arn:aws:iam::1:policy/other', '<compute.OtherRole>'],
  ])('%s that is not here is told', (_, arn, terraform) => {
    expect(compare([attachment(arn)], {}).verdicts).toMatchObject([{attribute: 'policy_arn', terraform}])
  })

  test('that only the templates have is told', () => {
    expect(compare([], {ManagedPolicyArns: ['<ref:compute.ExecPolicy>']}).onlyHere).toMatchObject([
      {property: 'ManagedPolicyArns', here: '<compute.ExecPolicy>'},
    ])
  })

  test('of a policy that is known after an apply only is what the configuration refers to', () => {
    const unknown = (...references: string[]) =>
      planned(
        'aws_iam_role_policy_attachment.a',
        {role: 'task'},
        {unknown: {policy_arn: true}, references: {policy_arn: references}},
      )
    const attached = {ManagedPolicyArns: ['<ref:compute.ExecPolicy>']}
    expect(compare([unknown('aws_iam_policy.exec.arn')], attached).verdicts).toEqual([])
    expect(compare([unknown('aws_iam_policy.other.arn')], attached).verdicts).toMatchObject([
      {verdict: 'different'},
    ])
    expect(compare([unknown('each.value')], attached).verdicts).toMatchObject([{verdict: 'unknown'}])
  })

  test('that may be of any policy leaves open which ones the role has', () => {
    const any = planned('aws_iam_role_policy_attachment.a', {role: 'task'}, {unknown: {policy_arn: true}})
    expect(compare([any], {ManagedPolicyArns: ['<ref:compute.ExecPolicy>']}).onlyHere).toMatchObject([
      {here: '<compute.ExecPolicy>', verdict: 'unknown'},
    ])
  })

  test('to another role is told', () => {
    const other = attachment('arn:aws:iam::1:policy/own', {role: 'arn:aws:iam::1:role/else'})
    expect(compare([policy(), other], {}).verdicts).toMatchObject([
      {attribute: 'role', here: '<compute.Role>'},
    ])
  })
})
