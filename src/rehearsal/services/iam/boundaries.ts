import type {World} from '../../account/world.js'
import {activeFault} from '../../faults/schedule.js'
import {accountUser} from '../../resources/caller.js'
import {arn, globalResource} from '../../resources/names.js'

/** What refuses a role for its permissions boundary, or for having none. */
export interface BoundaryProblem {
  readonly message: string
  readonly status: 403 | 404
  /** Of CloudFormation's handlers. */
  readonly code: 'AccessDenied' | 'NotFound'
}

/** The policy that a fault has the organization demand of every role, and that the account's user has itself. */
export function demandedBoundary(world: World): string | undefined {
  return activeFault(world, 'demand-boundary', undefined, () => true)?.where
}

/** Whether a managed policy exists. AWS's own are taken as they are; what the organization demands it has put there. */
export function policyExists(world: World, policyArn: string): boolean {
  return (
    policyArn === demandedBoundary(world) ||
    globalResource(world, 'AWS::IAM::ManagedPolicy', policyArn) !== undefined ||
    policyArn.startsWith('arn:aws:iam::aws:policy/')
  )
}

/**
 * Why IAM refuses to make a role with this boundary. An organization that demands one does it by a service control policy
 * with the condition key `iam:PermissionsBoundary`. Sources: IAM user guide, "Permissions boundaries for IAM entities" and
 * "Troubleshoot access denied error messages".
 */
export function boundaryProblem(
  world: World,
  roleName: string,
  boundary: string | undefined,
): BoundaryProblem | undefined {
  const demanded = demandedBoundary(world)
  if (demanded !== undefined && boundary !== demanded) {
    const role = arn(world, '', 'iam', `role/${roleName}`)
    return {
      message: `User: ${accountUser(world)} is not authorized to perform: iam:CreateRole on resource: ${role} with an explicit deny in a service control policy`,
      status: 403,
      code: 'AccessDenied',
    }
  }
  if (boundary === undefined || policyExists(world, boundary)) return undefined
  return {
    message: `Scope ARN: ${boundary} does not exist or is not attachable.`,
    status: 404,
    code: 'NotFound',
  }
}
