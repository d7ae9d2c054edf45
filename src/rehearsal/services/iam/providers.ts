import type {Resource} from '../../account/account.js'
import {type Quota, quotas} from '../../account/quotas.js'
import type {World} from '../../account/world.js'
import {hasRoom, quotaValue} from '../../faults/quota-value.js'
import {serviceFailure} from '../../resources/failures.js'
import {mentions} from '../../resources/mentions.js'
import {alreadyExists, arn, globalResource, nameFor} from '../../resources/names.js'
import type {Naming, ProviderRequest, ResourceProvider} from '../../resources/resource-provider.js'
import {text, texts} from '../../resources/values.js'
import {boundaryProblem} from './boundaries.js'

const role = 'AWS::IAM::Role'
const managedPolicy = 'AWS::IAM::ManagedPolicy'
const instanceProfile = 'AWS::IAM::InstanceProfile'
/** Source: "IAM and AWS STS quotas". */
const maxRoleName = 64
const maxPolicyName = 128

const policyNaming: Naming = {
  property: 'ManagedPolicyName',
  taken: (name, place) => globalResource(place.world, managedPolicy, policyArn(place, name)),
}

/** Roles and policies. Their names are unique in the account, whatever the region. */
export const iamProviders: readonly ResourceProvider[] = [
  {
    type: role,
    create(request) {
      const {world, properties} = request
      checkPolicies(request)
      checkQuota(world, quotas.roles, role, 'RolesPerAccount')
      const physicalId = globalName(request, role, 'RoleName', maxRoleName)
      checkBoundary(request, physicalId)
      const path = text(properties.Path) ?? '/'
      return {
        physicalId,
        attributes: {
          Arn: arn(world, '', 'iam', `role${path}${physicalId}`),
          RoleId: `AROA${world.newSuffix(17)}`,
        },
      }
    },
    update({physicalId}, request) {
      checkPolicies(request)
      checkBoundary(request, physicalId)
      return undefined
    },
    blocksDeletion({physicalId}, {world}) {
      const profile = all(world, instanceProfile).some(({properties}) =>
        texts(properties.Roles).includes(physicalId),
      )
      if (profile) {
        return conflict(world, 'Cannot delete entity, must remove roles from instance profile first.')
      }
      const attached = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy']
        .flatMap(type => all(world, type))
        .some(({properties}) => texts(properties.Roles).includes(physicalId))
      return attached ? conflict(world, 'Cannot delete entity, must detach all policies first.') : undefined
    },
  },
  {
    type: 'AWS::IAM::Policy',
    create(request) {
      checkRoles(request)
      // Ref is an id of CloudFormation's own: an inline policy has no identity outside its role.
      const physicalId = request.generatedName(32)
      return {physicalId, attributes: {Id: physicalId}}
    },
  },
  {
    type: 'AWS::IAM::RolePolicy',
    create(request) {
      const {world, properties} = request
      const roleName = text(properties.RoleName) ?? ''
      requireRole(world, roleName)
      return {physicalId: `${text(properties.PolicyName)}|${roleName}`}
    },
  },
  {
    type: managedPolicy,
    naming: policyNaming,
    create(request) {
      const {world, properties} = request
      checkRoles(request)
      checkQuota(world, quotas.managedPolicies, managedPolicy, 'PoliciesPerAccount')
      const name = nameFor(request, managedPolicy, policyNaming.property, {
        maxLength: maxPolicyName,
        taken: candidate => policyNaming.taken(candidate, request),
      })
      const physicalId = policyArn(request, name)
      const now = new Date(world.now).toISOString()
      return {
        physicalId,
        attributes: {
          PolicyArn: physicalId,
          PolicyId: `ANPA${world.newSuffix(17)}`,
          AttachmentCount: texts(properties.Roles).length,
          CreateDate: now,
          UpdateDate: now,
          DefaultVersionId: 'v1',
          IsAttachable: true,
          PermissionsBoundaryUsageCount: 0,
        },
      }
    },
    blocksDeletion: ({physicalId}, {world}) =>
      all(world, role).some(({properties}) => mentions(properties.ManagedPolicyArns, physicalId))
        ? conflict(world, 'Cannot delete a policy attached to entities.')
        : undefined,
  },
  {
    type: instanceProfile,
    create(request) {
      const {world, properties} = request
      checkRoles(request)
      const physicalId = globalName(request, instanceProfile, 'InstanceProfileName', maxPolicyName)
      const path = text(properties.Path) ?? '/'
      return {
        physicalId,
        attributes: {Arn: arn(world, '', 'iam', `instance-profile${path}${physicalId}`)},
      }
    },
  },
  {
    type: 'AWS::IAM::ServiceLinkedRole',
    create({world, properties}) {
      const service = text(properties.AWSServiceName) ?? ''
      const words = service.replace(/\.amazonaws\.com$/, '').split(/[.-]/)
      const suffix = text(properties.CustomSuffix)
      const name = words.map(word => word.charAt(0).toUpperCase() + word.slice(1)).join('')
      const physicalId = `AWSServiceRoleFor${name}${suffix ? `_${suffix}` : ''}`
      const existing = globalResource(world, 'AWS::IAM::ServiceLinkedRole', physicalId)
      if (existing) throw alreadyExists(world, existing, physicalId)
      return {physicalId, attributes: {RoleName: physicalId}}
    },
  },
]

function policyArn({world, properties}: Pick<ProviderRequest, 'world' | 'properties'>, name: string): string {
  return arn(world, '', 'iam', `policy${text(properties.Path) ?? '/'}${name}`)
}

function globalName(request: ProviderRequest, type: string, property: string, maxLength: number): string {
  return nameFor(request, type, property, {
    maxLength,
    taken: name => globalResource(request.world, type, name),
  })
}

function all(world: World, type: string): Resource[] {
  return Object.values(world.account.regions).flatMap(region => world.resourcesOf(region, type))
}

/** @throws ResourceFailure when the account has as many of a type as it may; `name` is IAM's own for the quota. */
function checkQuota(world: World, quota: Quota, type: string, name: string): void {
  if (hasRoom(world.account, quota, all(world, type).length)) return
  const message = `Cannot exceed quota for ${name}: ${quotaValue(world.account, quota)}`
  throw serviceFailure(world, 'Iam', message, {status: 409, code: 'ServiceLimitExceeded'})
}

function conflict(world: World, message: string): string {
  return serviceFailure(world, 'Iam', message, {status: 409}).message
}

/** @throws ResourceFailure for a policy of this account that does not exist; AWS's own are taken as they are. */
function checkPolicies({world, properties}: ProviderRequest): void {
  for (const policyArn of texts(properties.ManagedPolicyArns)) {
    const own = policyArn.startsWith(arn(world, '', 'iam', 'policy/'))
    if (
      own
        ? !globalResource(world, managedPolicy, policyArn)
        : !policyArn.startsWith('arn:aws:iam::aws:policy/')
    ) {
      throw serviceFailure(world, 'Iam', `Policy ${policyArn} does not exist or is not attachable.`, {
        status: 404,
        code: 'NotFound',
      })
    }
  }
}

/** @throws ResourceFailure for a permissions boundary that is missing where one is demanded, or that does not exist. */
function checkBoundary({world, properties}: ProviderRequest, roleName: string): void {
  const problem = boundaryProblem(world, roleName, text(properties.PermissionsBoundary))
  if (problem !== undefined) throw serviceFailure(world, 'Iam', problem.message, problem)
}

function checkRoles({world, properties}: ProviderRequest): void {
  for (const name of texts(properties.Roles)) requireRole(world, name)
}

function requireRole(world: World, name: string): void {
  if (globalResource(world, role, name)) return
  throw serviceFailure(world, 'Iam', `The role with name ${name} cannot be found.`, {
    status: 404,
    code: 'NotFound',
  })
}
