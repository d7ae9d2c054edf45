import {handlerFailure, type ProviderRequest} from '../../resources/resource-provider.js'

/** Stands for a role that ECS makes in the account, outside any stack and any region's tags. */
const linkedRole = 'mcpgw::ServiceLinkedRole'
const ecsRole = 'AWSServiceRoleForECS'

/** Seconds until a fresh role can be assumed everywhere. Source: IAM user guide, eventual consistency. */
const settlingSeconds = 10

/** The first cluster of an account makes ECS's service-linked role. Source: ECS developer guide, service-linked roles. */
export function ensureLinkedRole({world, region}: ProviderRequest): void {
  if (world.resource(region, linkedRole, ecsRole)) return
  world.put(region, {
    type: linkedRole,
    physicalId: ecsRole,
    properties: {},
    attributes: {},
    tags: {},
    createdAt: world.now,
    data: {},
  })
}

/** Capacity providers need the role. @throws ResourceFailure as long as it cannot be assumed. */
export function assumeLinkedRole({world, region}: ProviderRequest): void {
  const role = world.resource(region, linkedRole, ecsRole)
  if (role && world.now - role.createdAt >= settlingSeconds * 1000) return
  throw handlerFailure(
    world,
    'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
    'InvalidRequest',
  )
}
