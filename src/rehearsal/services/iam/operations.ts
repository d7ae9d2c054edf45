import type {Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {callerOf} from '../../resources/caller.js'
import {checkValue} from '../../resources/constraints.js'
import {globalResource} from '../../resources/names.js'
import {pageOf} from '../../resources/paging.js'
import {number, records, text, texts} from '../../resources/values.js'
import {AwsError, modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {encoded, policyDetail, roleDetail} from './authorization-details.js'
import {demandedBoundary} from './boundaries.js'
import {isDenied, roleAllows} from './permissions.js'
import {roleOperations} from './role-operations.js'

const roleType = 'AWS::IAM::Role'
const linkedRoleType = 'AWS::IAM::ServiceLinkedRole'
/** What the first ECS cluster of an account makes, as its provider keeps it. */
const ownLinkedRoleType = 'mcpgw::ServiceLinkedRole'
const managedPolicyType = 'AWS::IAM::ManagedPolicy'
/** Things in a page unless asked for otherwise. Source: IAM API reference, MaxItems. */
const defaultPage = 100

/** IAM, as far as roles and their policies go, and asking what a caller may do. Source: IAM API reference. */
export function iamOperations(world: World) {
  const all = (type: string) =>
    Object.values(world.account.regions).flatMap(region => world.resourcesOf(region, type))
  const roles = () => [...all(roleType).map(role => roleEntry(world, role)), ...linkedRoles(world, all)]
  const roleNamed = (name: string | undefined) => {
    const role = globalResource(world, roleType, name ?? '')
    if (!role) throw noRole(name)
    return role
  }
  const inlinePolicies = (role: Resource) => [
    ...records(role.properties.Policies),
    ...[...all('AWS::IAM::Policy'), ...all('AWS::IAM::RolePolicy')]
      .map(({properties}) => properties)
      .filter(({Roles, RoleName}) => texts(Roles).includes(role.physicalId) || RoleName === role.physicalId),
  ]
  const attachedTo = (role: Resource) => {
    const besides = all(managedPolicyType).filter(({properties}) =>
      texts(properties.Roles).includes(role.physicalId),
    )
    return [
      ...new Set([...texts(role.properties.ManagedPolicyArns), ...besides.map(({physicalId}) => physicalId)]),
    ]
  }
  return {
    ...roleOperations(world),
    ListAccountAliases: () => ({AccountAliases: [], IsTruncated: false}),

    GetUser(input, call) {
      const {Arn, UserId} = callerOf(world, call)
      const name = input.UserName ?? 'rehearsal'
      if (name !== 'rehearsal') {
        throw modelled('NoSuchEntityException', `The user with name ${name} cannot be found.`)
      }
      const boundary = attachedBoundary(demandedBoundary(world))
      return {User: {UserName: name, Path: '/', Arn, UserId, CreateDate: new Date(0), ...boundary}}
    },

    GetRole({RoleName}) {
      const Role = roles().find(role => role.RoleName === RoleName)
      if (!Role) throw noRole(RoleName)
      return {Role}
    },

    ListRoles({PathPrefix = '/', Marker, MaxItems}) {
      const size = mostItems(MaxItems)
      const found = roles()
        .filter(({Path}) => Path.startsWith(PathPrefix))
        .sort(byRoleName)
      const page = pageOf(found, Marker, size, invalidMarker)
      return {Roles: page.items, IsTruncated: page.next !== undefined, Marker: page.next}
    },

    ListPolicies({Scope = 'All', PathPrefix = '/', Marker, MaxItems}) {
      checkValue(
        'maxItems',
        MaxItems,
        {least: 1, most: 1000},
        message => new AwsError('ValidationError', message),
      )
      if (Scope === 'AWS' || Scope === 'All') {
        throw new AwsError('ValidationError', 'This account lists policies of Scope Local only.')
      }
      const found = all(managedPolicyType)
        .map(policy => policyEntry(policy))
        .filter(({Path}) => Path.startsWith(PathPrefix))
      const page = pageOf(found, Marker, MaxItems ?? defaultPage, invalidMarker)
      return {Policies: page.items, IsTruncated: page.next !== undefined, Marker: page.next}
    },

    ListRolePolicies({RoleName}) {
      const names = inlinePolicies(roleNamed(RoleName)).flatMap(({PolicyName}) => text(PolicyName) ?? [])
      return {PolicyNames: names, IsTruncated: false}
    },

    GetRolePolicy({RoleName, PolicyName}) {
      const policy = inlinePolicies(roleNamed(RoleName)).find(each => each.PolicyName === PolicyName)
      if (!policy) {
        throw modelled('NoSuchEntityException', `The role policy with name ${PolicyName} cannot be found.`)
      }
      return {RoleName, PolicyName, PolicyDocument: encoded(policy.PolicyDocument)}
    },

    /** The account's user has no policies, and there are no groups. */
    GetAccountAuthorizationDetails({Filter = [], Marker, MaxItems}) {
      const wants = (kind: (typeof Filter)[number]) => Filter.length === 0 || Filter.includes(kind)
      const details = [
        ...(wants('Role') ? [...roles()].sort(byRoleName) : []).map(role => {
          const resource = globalResource(world, roleType, role.RoleName)
          const policies = resource && {attached: attachedTo(resource), inline: inlinePolicies(resource)}
          return {role: roleDetail(role, policies ?? {attached: [], inline: []})}
        }),
        ...(wants('LocalManagedPolicy') ? all(managedPolicyType) : []).map(policy => {
          const users = all(roleType).filter(role => attachedTo(role).includes(policy.physicalId))
          return {policy: policyDetail(policy, users.length)}
        }),
      ]
      const page = pageOf(details, Marker, mostItems(MaxItems), invalidMarker)
      return {
        UserDetailList: [],
        GroupDetailList: [],
        RoleDetailList: page.items.flatMap(each => ('role' in each ? [each.role] : [])),
        Policies: page.items.flatMap(each => ('policy' in each ? [each.policy] : [])),
        IsTruncated: page.next !== undefined,
        Marker: page.next,
      }
    },

    ListAttachedRolePolicies({RoleName}) {
      return {
        AttachedPolicies: attachedTo(roleNamed(RoleName)).map(PolicyArn => ({
          PolicyArn,
          PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
        })),
        IsTruncated: false,
      }
    },

    CreateServiceLinkedRole({AWSServiceName = '', CustomSuffix, Description}, call) {
      const name = linkedRoleName(AWSServiceName, CustomSuffix)
      if (roles().some(({RoleName}) => RoleName === name)) {
        throw modelled(
          'InvalidInputException',
          `Service role name ${name} has been taken in this account, please try a different suffix.`,
        )
      }
      const isEcs = AWSServiceName === 'ecs.amazonaws.com'
      world.put(world.region(call.region), {
        ...{type: isEcs ? ownLinkedRoleType : linkedRoleType, physicalId: name},
        ...{attributes: {RoleName: name}, tags: {}, data: {}, createdAt: world.now},
        properties: {AWSServiceName, Description},
      })
      const Role = roles().find(({RoleName}) => RoleName === name)
      return {Role}
    },

    SimulatePrincipalPolicy({PolicySourceArn = '', ActionNames = [], ResourceArns = ['*']}, call) {
      const {Account} = callerOf(world, call)
      const prefix = `arn:aws:iam::${Account}:`
      if (!PolicySourceArn.startsWith(prefix)) {
        throw modelled(
          'InvalidInputException',
          `Invalid Entity Arn: ${PolicySourceArn} does not clearly define entity type and name.`,
        )
      }
      const isRole = PolicySourceArn.startsWith(`${prefix}role/`)
      const known = isRole
        ? roles().some(({Arn}) => Arn === PolicySourceArn)
        : PolicySourceArn === `${prefix}user/rehearsal`
      if (!known) throw modelled('NoSuchEntityException', `${PolicySourceArn} cannot be found.`)
      // The account's one user may do everything that no fault denies.
      const decide = (action: string, resource: string, region: string) => {
        if (isDenied(world, action, region)) return 'explicitDeny' as const
        return !isRole || roleAllows(world, PolicySourceArn, action, resource)
          ? ('allowed' as const)
          : ('implicitDeny' as const)
      }
      return {
        EvaluationResults: ActionNames.flatMap(action =>
          ResourceArns.map(resource => ({
            EvalActionName: action,
            EvalResourceName: resource,
            EvalDecision: decide(action, resource, call.region),
            MatchedStatements: [],
            MissingContextValues: [],
          })),
        ),
        IsTruncated: false,
      }
    },
  } satisfies Operations<'iam'>
}

/** @throws AwsError ValidationError */
function mostItems(given: number | undefined): number {
  const refuse = (message: string) => new AwsError('ValidationError', message)
  checkValue('maxItems', given, {least: 1, most: 1000}, refuse)
  return given ?? defaultPage
}

const byRoleName = (left: {RoleName: string}, right: {RoleName: string}): number =>
  left.RoleName < right.RoleName ? -1 : 1

const noRole = (name: string | undefined) =>
  modelled('NoSuchEntityException', `The role with name ${name} cannot be found.`)

const invalidMarker = () => modelled('InvalidInputException', 'Invalid Marker.')

function roleEntry(world: World, {physicalId, properties, attributes, tags, createdAt}: Resource) {
  return {
    RoleName: physicalId,
    RoleId: text(attributes.RoleId) ?? '',
    Arn: text(attributes.Arn) ?? `arn:aws:iam::${world.account.id}:role/${physicalId}`,
    Path: text(properties.Path) ?? '/',
    CreateDate: new Date(createdAt),
    AssumeRolePolicyDocument: encoded(properties.AssumeRolePolicyDocument),
    Description: text(properties.Description),
    MaxSessionDuration: number(properties.MaxSessionDuration) ?? 3600,
    ...attachedBoundary(text(properties.PermissionsBoundary)),
    Tags: Object.entries(tags).map(([Key, Value]) => ({Key, Value})),
  }
}

/** Source: IAM API reference, ListPolicies: tags are left out. */
function policyEntry({physicalId, properties, attributes, createdAt}: Resource) {
  return {
    PolicyName: physicalId.slice(physicalId.lastIndexOf('/') + 1),
    PolicyId: text(attributes.PolicyId),
    Arn: physicalId,
    Path: text(properties.Path) ?? '/',
    DefaultVersionId: 'v1',
    IsAttachable: true,
    CreateDate: new Date(createdAt),
    UpdateDate: new Date(createdAt),
  }
}

function attachedBoundary(PermissionsBoundaryArn: string | undefined) {
  if (PermissionsBoundaryArn === undefined) return {}
  const PermissionsBoundaryType = 'PermissionsBoundaryPolicy' as const
  return {PermissionsBoundary: {PermissionsBoundaryType, PermissionsBoundaryArn}}
}

/** Roles that AWS's services have made for themselves: one for all regions. */
function linkedRoles(world: World, all: (type: string) => Resource[]) {
  const found = [...all(linkedRoleType), ...all(ownLinkedRoleType)]
  return [...new Map(found.map(role => [role.physicalId, role])).values()].map(role => {
    const service = text(role.properties.AWSServiceName) ?? 'ecs.amazonaws.com'
    const Path = `/aws-service-role/${service}/`
    return {
      ...roleEntry(world, role),
      Path,
      Arn: `arn:aws:iam::${world.account.id}:role${Path}${role.physicalId}`,
      RoleId: `AROA${role.physicalId.toUpperCase().slice(-17)}`,
      AssumeRolePolicyDocument: encoded({
        Version: '2012-10-17',
        Statement: [{Effect: 'Allow', Principal: {Service: service}, Action: 'sts:AssumeRole'}],
      }),
    }
  })
}

/** Names that do not follow from the service's. Source: IAM user guide, "AWS services that work with IAM". */
const linkedNames: Readonly<Record<string, string>> = {
  'ecs.amazonaws.com': 'ECS',
  'rds.amazonaws.com': 'RDS',
  'elasticloadbalancing.amazonaws.com': 'ElasticLoadBalancing',
  'ecs.application-autoscaling.amazonaws.com': 'ApplicationAutoScaling_ECSService',
}

function linkedRoleName(service: string, suffix: string | undefined): string {
  if (!/^[\w+=,.@-]+\.amazonaws\.com$/.test(service)) {
    throw modelled('InvalidInputException', `Service name ${service} is invalid.`)
  }
  const words = service.replace(/\.amazonaws\.com$/, '').split(/[.-]/)
  const name =
    linkedNames[service] ?? words.map(word => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return `AWSServiceRoleFor${name}${suffix ? `_${suffix}` : ''}`
}
