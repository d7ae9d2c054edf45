import {beforeEach, expect, it} from 'vitest'
import {setFault} from '../../../../src/rehearsal/faults/setting.js'
import {iamOperations} from '../../../../src/rehearsal/services/iam/operations.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

let maker: Maker

beforeEach(() => {
  maker = new Maker(testWorld().world)
})

const role = (properties: Record<string, unknown> = {}) => maker.make('AWS::IAM::Role', properties)

it("a role's name is unique in the account, whatever the region", () => {
  role({RoleName: 'demo'})
  const elsewhere = new Maker(maker.world, 'eu-west-1')
  expect(() => elsewhere.make('AWS::IAM::Role', {RoleName: 'demo'})).toThrow('demo already exists in stack')
})

it('a generated role name keeps to 64 characters', () => {
  const made = maker.make('AWS::IAM::Role', {}, {logicalId: 'VeryLong'.repeat(20)})
  expect(made.physicalId).toHaveLength(64)
  expect(() => role({RoleName: 'x'.repeat(65)})).toThrow('length less than or equal to 64')
})

it("a role's ARN has its path", () => {
  expect(role({RoleName: 'demo', Path: '/team/'}).attributes.Arn).toBe(
    `arn:aws:iam::${maker.world.account.id}:role/team/demo`,
  )
})

it('a managed policy goes after the roles that it is attached to', () => {
  const policy = maker.make('AWS::IAM::ManagedPolicy', {PolicyDocument: {}})
  const user = role({ManagedPolicyArns: [policy.physicalId]})
  expect(maker.blocker(policy)).toContain('Cannot delete a policy attached to entities.')
  maker.remove(user)
  expect(maker.blocker(policy)).toBeUndefined()
})

it('a role goes after the policies that name it', () => {
  const made = role()
  const policy = maker.make('AWS::IAM::Policy', {PolicyName: 'x', Roles: [made.physicalId]})
  expect(maker.blocker(made)).toContain('must detach all policies first')
  maker.remove(policy)
  expect(maker.blocker(made)).toBeUndefined()
})

it('a role refuses a policy that does not exist, and takes those of AWS', () => {
  const own = `arn:aws:iam::${maker.world.account.id}:policy/absent`
  expect(() => role({ManagedPolicyArns: [own]})).toThrow('does not exist or is not attachable')
  expect(() => role({ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess']})).not.toThrow()
})

it('a role refuses a permissions boundary that does not exist', () => {
  const own = `arn:aws:iam::${maker.world.account.id}:policy/absent`
  expect(() => role({PermissionsBoundary: own})).toThrow(
    `Scope ARN: ${own} does not exist or is not attachable.`,
  )
  const policy = maker.make('AWS::IAM::ManagedPolicy', {PolicyDocument: {}})
  expect(() => role({PermissionsBoundary: policy.physicalId})).not.toThrow()
})

it('a role without the permissions boundary that the organization demands is refused', () => {
  const boundary = `arn:aws:iam::${maker.world.account.id}:policy/workshop-boundary`
  setFault(maker.world, `demand-boundary ${boundary}`)
  const refusal = /iam:CreateRole on resource: \S+ with an explicit deny in a service control policy/
  expect(() => role()).toThrow(refusal)
  expect(() => role({PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess'})).toThrow(refusal)
  expect(() => role({PermissionsBoundary: boundary})).not.toThrow()
})

it('roles are told with their policies, page by page, and policies with their users', () => {
  const policy = maker.make('AWS::IAM::ManagedPolicy', {PolicyDocument: {Version: '2012-10-17'}})
  const inline = {PolicyName: 'own', PolicyDocument: {Version: '2012-10-17'}}
  role({RoleName: 'b', ManagedPolicyArns: [policy.physicalId], Policies: [inline]})
  role({RoleName: 'a'})
  const iam = iamOperations(maker.world)
  const first = iam.GetAccountAuthorizationDetails({Filter: ['Role'], MaxItems: 1})
  expect(first.RoleDetailList).toMatchObject([{RoleName: 'a', RolePolicyList: []}])
  expect(first).toMatchObject({IsTruncated: true, Policies: []})
  const rest = iam.GetAccountAuthorizationDetails({Filter: ['Role'], Marker: first.Marker})
  expect(rest.RoleDetailList).toMatchObject([
    {
      RoleName: 'b',
      AttachedManagedPolicies: [{PolicyArn: policy.physicalId}],
      RolePolicyList: [{PolicyName: 'own', PolicyDocument: '%7B%22Version%22%3A%222012-10-17%22%7D'}],
    },
  ])
  expect(iam.GetAccountAuthorizationDetails({})).toMatchObject({
    RoleDetailList: [{RoleName: 'a'}, {RoleName: 'b'}],
    Policies: [{Arn: policy.physicalId, AttachmentCount: 1}],
    IsTruncated: false,
  })
})
