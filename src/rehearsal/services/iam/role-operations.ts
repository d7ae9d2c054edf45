import type {Region, Resource} from '../../account/account.js'
import {quotas} from '../../account/quotas.js'
import type {World} from '../../account/world.js'
import {hasRoom, quotaValue} from '../../faults/quota-value.js'
import {arn, globalResource} from '../../resources/names.js'
import {records, text, texts} from '../../resources/values.js'
import {AwsError, modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {boundaryProblem, demandedBoundary} from './boundaries.js'

const roleType = 'AWS::IAM::Role'
const managedPolicyType = 'AWS::IAM::ManagedPolicy'
/** Inline policies that are in a template as resources of their own, beside their role. */
const inlineTypes = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy']

/**
 * What changes roles and their policies. A stack's own record of the properties must not change with it, so that every
 * change is made in a copy. Source: IAM API reference.
 */
export function roleOperations(world: World) {
  const everywhere = () => Object.values(world.account.regions)
  const all = (type: string) => everywhere().flatMap(region => world.resourcesOf(region, type))
  const demandRole = (name: string | undefined): Resource => {
    const role = globalResource(world, roleType, name ?? '')
    if (!role) throw modelled('NoSuchEntityException', `The role with name ${name} cannot be found.`)
    return role
  }
  const isOf = (role: Resource, {Roles, RoleName}: Record<string, unknown>) =>
    texts(Roles).includes(role.physicalId) || RoleName === role.physicalId
  const besides = (role: Resource) =>
    inlineTypes.flatMap(all).filter(({properties}) => isOf(role, properties))
  const attachedTo = (role: Resource) => [
    ...texts(role.properties.ManagedPolicyArns),
    ...all(managedPolicyType)
      .filter(({properties}) => isOf(role, properties))
      .map(({physicalId}) => physicalId),
  ]
  const usersOf = (boundary: string) =>
    all(roleType).filter(({properties}) => properties.PermissionsBoundary === boundary).length
  const policyMissing = (name: string | undefined) =>
    modelled('NoSuchEntityException', `The role policy with name ${name} cannot be found.`)

  const policyEntry = (
    Arn: string,
    policy: Pick<Resource, 'createdAt' | 'tags' | 'properties' | 'attributes'>,
  ) => {
    const byRoles = all(roleType).filter(({properties}) => texts(properties.ManagedPolicyArns).includes(Arn))
    return {
      ...{Arn, DefaultVersionId: 'v1', IsAttachable: true, PermissionsBoundaryUsageCount: usersOf(Arn)},
      PolicyName: Arn.slice(Arn.lastIndexOf('/') + 1),
      PolicyId: text(policy.attributes.PolicyId),
      Path: text(policy.properties.Path) ?? '/',
      AttachmentCount: new Set([
        ...texts(policy.properties.Roles),
        ...byRoles.map(({physicalId}) => physicalId),
      ]).size,
      Description: text(policy.properties.Description),
      CreateDate: new Date(policy.createdAt),
      UpdateDate: new Date(policy.createdAt),
      Tags: Object.entries(policy.tags).map(([Key, Value]) => ({Key, Value})),
    }
  }

  return {
    CreateRole({RoleName = '', Path = '/', AssumeRolePolicyDocument, Description, Tags = [], ...rest}, call) {
      if (globalResource(world, roleType, RoleName)) {
        throw modelled('EntityAlreadyExistsException', `Role with name ${RoleName} already exists.`)
      }
      if (!hasRoom(world.account, quotas.roles, all(roleType).length)) {
        const most = quotaValue(world.account, quotas.roles)
        throw modelled('LimitExceededException', `Cannot exceed quota for RolesPerAccount: ${most}`)
      }
      const {MaxSessionDuration, PermissionsBoundary} = rest
      const problem = boundaryProblem(world, RoleName, PermissionsBoundary)
      if (problem?.code === 'NotFound') throw modelled('NoSuchEntityException', problem.message)
      if (problem) throw new AwsError('AccessDenied', problem.message, {status: problem.status})
      const RoleId = `AROA${world.newSuffix(17)}`
      const role: Resource = {
        ...{type: roleType, physicalId: RoleName, createdAt: world.now, data: {}},
        attributes: {Arn: arn(world, '', 'iam', `role${Path}${RoleName}`), RoleId},
        properties: {
          ...{Path, Description, MaxSessionDuration, PermissionsBoundary},
          AssumeRolePolicyDocument: documentOf(AssumeRolePolicyDocument),
        },
        tags: Object.fromEntries(Tags.map(({Key = '', Value = ''}) => [Key, Value])),
      }
      world.put(world.region(call.region), role)
      return {
        Role: {
          ...{RoleName, Path, RoleId, Description, MaxSessionDuration, Tags},
          Arn: text(role.attributes.Arn) ?? '',
          CreateDate: new Date(world.now),
          AssumeRolePolicyDocument: encodeURIComponent(AssumeRolePolicyDocument ?? ''),
        },
      }
    },

    DeleteRole({RoleName}) {
      const role = demandRole(RoleName)
      const conflict = (message: string) => modelled('DeleteConflictException', message)
      if (all('AWS::IAM::InstanceProfile').some(({properties}) => isOf(role, properties))) {
        throw conflict('Cannot delete entity, must remove roles from instance profile first.')
      }
      if (attachedTo(role).length > 0) throw conflict('Cannot delete entity, must detach all policies first.')
      if (records(role.properties.Policies).length > 0 || besides(role).length > 0) {
        throw conflict('Cannot delete entity, must delete policies first.')
      }
      world.remove(homeOf(world, role), role)
    },

    UpdateAssumeRolePolicy({RoleName, PolicyDocument}) {
      const role = demandRole(RoleName)
      role.properties = {...role.properties, AssumeRolePolicyDocument: documentOf(PolicyDocument)}
    },

    AttachRolePolicy({RoleName, PolicyArn = ''}) {
      const role = demandRole(RoleName)
      const isOwn = PolicyArn.startsWith(arn(world, '', 'iam', 'policy/'))
      const exists = isOwn
        ? globalResource(world, managedPolicyType, PolicyArn) !== undefined
        : PolicyArn.startsWith('arn:aws:iam::aws:policy/')
      if (!exists) {
        throw modelled('NoSuchEntityException', `Policy ${PolicyArn} does not exist or is not attachable.`)
      }
      if (attachedTo(role).includes(PolicyArn)) return
      const ManagedPolicyArns = [...texts(role.properties.ManagedPolicyArns), PolicyArn]
      role.properties = {...role.properties, ManagedPolicyArns}
    },

    DetachRolePolicy({RoleName, PolicyArn = ''}) {
      const role = demandRole(RoleName)
      if (!attachedTo(role).includes(PolicyArn)) {
        throw modelled('NoSuchEntityException', `Policy ${PolicyArn} was not found.`)
      }
      const ManagedPolicyArns = texts(role.properties.ManagedPolicyArns).filter(each => each !== PolicyArn)
      role.properties = {...role.properties, ManagedPolicyArns}
      const policy = globalResource(world, managedPolicyType, PolicyArn)
      if (!policy) return
      const Roles = texts(policy.properties.Roles).filter(name => name !== role.physicalId)
      policy.properties = {...policy.properties, Roles}
    },

    PutRolePolicy({RoleName, PolicyName = '', PolicyDocument}) {
      const role = demandRole(RoleName)
      const beside = besides(role).find(({properties}) => properties.PolicyName === PolicyName)
      const document = documentOf(PolicyDocument)
      if (beside) {
        beside.properties = {...beside.properties, PolicyDocument: document}
        return
      }
      const others = records(role.properties.Policies).filter(each => each.PolicyName !== PolicyName)
      const Policies = [...others, {PolicyName, PolicyDocument: document}]
      role.properties = {...role.properties, Policies}
    },

    DeleteRolePolicy({RoleName, PolicyName}) {
      const role = demandRole(RoleName)
      const own = records(role.properties.Policies)
      const Policies = own.filter(each => each.PolicyName !== PolicyName)
      const beside = besides(role).find(({properties}) => properties.PolicyName === PolicyName)
      if (Policies.length === own.length && !beside) throw policyMissing(PolicyName)
      role.properties = {...role.properties, Policies}
      if (!beside) return
      const Roles = texts(beside.properties.Roles).filter(name => name !== role.physicalId)
      if (Roles.length > 0) beside.properties = {...beside.properties, Roles}
      else world.remove(homeOf(world, beside), beside)
    },

    DeletePolicy({PolicyArn = ''}) {
      const policy = globalResource(world, managedPolicyType, PolicyArn)
      if (!policy) throw modelled('NoSuchEntityException', `Policy ${PolicyArn} was not found.`)
      const attached =
        texts(policy.properties.Roles).length > 0 ||
        all(roleType).some(({properties}) => texts(properties.ManagedPolicyArns).includes(PolicyArn))
      if (attached) {
        throw modelled('DeleteConflictException', 'Cannot delete a policy attached to entities.')
      }
      world.remove(homeOf(world, policy), policy)
    },

    GetPolicy({PolicyArn = ''}) {
      // It is in the account, but no part of it: only its name is known.
      const demanded: Pick<Resource, 'createdAt' | 'tags' | 'properties' | 'attributes'> = {
        createdAt: 0,
        tags: {},
        properties: {},
        attributes: {},
      }
      const policy =
        globalResource(world, managedPolicyType, PolicyArn) ??
        (PolicyArn === demandedBoundary(world) ? demanded : undefined)
      if (!policy) throw modelled('NoSuchEntityException', `Policy ${PolicyArn} was not found.`)
      return {Policy: policyEntry(PolicyArn, policy)}
    },

    /** Those that the account has made; AWS's own are not listed. */
    ListPolicies({Scope, OnlyAttached}) {
      if (Scope !== 'Local')
        throw new AwsError('InvalidInput', 'The embedded account lists policies with the scope Local only.')
      const policies = all(managedPolicyType).map(policy => policyEntry(policy.physicalId, policy))
      return {
        Policies: policies.filter(({AttachmentCount}) => !OnlyAttached || AttachmentCount > 0),
        IsTruncated: false,
      }
    },
  } satisfies Operations<'iam'>
}

/** The region under which a thing of a service without regions is kept. */
function homeOf(world: World, {type, physicalId}: Resource): Region {
  const home = Object.values(world.account.regions).find(region => world.resource(region, type, physicalId))
  if (!home) throw new Error(`${physicalId} is kept in no region`)
  return home
}

/** @throws AwsError MalformedPolicyDocument */
function documentOf(written: string | undefined): unknown {
  try {
    return JSON.parse(written ?? '')
  } catch (cause) {
    const error = modelled('MalformedPolicyDocumentException', 'Syntax errors in policy.')
    error.cause = cause
    throw error
  }
}
