import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {type Deployment, deploymentRules, stateOf, tell} from '../../resources/ecs-services.js'
import {deploy} from './service-changes.js'

/**
 * Failures after which the circuit breaker gives up: half the desired count, at least 3, at most 200.
 * Source: ECS developer guide, "How the Amazon ECS deployment circuit breaker detects failures".
 */
function failureLimit(desiredCount: number): number {
  return Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)))
}

/** How long ECS waits after a failure, longer each time. */
export function backoffSeconds({failedTasks}: Deployment): number {
  return Math.min(300, 10 * 2 ** Math.min(failedTasks - 1, 5))
}

/** After a failure the next try waits longer; at the limit the circuit breaker ends the deployment. */
export function breakCircuit(world: World, region: Region, service: Resource, primary: Deployment): boolean {
  const state = stateOf(service)
  if (primary.rolloutState === 'FAILED') return true
  if (primary.failedTasks > 0) {
    primary.notBefore ??= world.now
    const backoff = backoffSeconds(primary) * 1000
    primary.notBefore = Math.max(primary.notBefore, lastFailureAt(region, service) + backoff)
    if (primary.failedTasks > 1 && !primary.isThrottled) {
      primary.isThrottled = true
      tell(
        world,
        service,
        'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
      )
    }
  }
  const {enable, rollback} = deploymentRules(service.properties).circuitBreaker
  if (
    !enable ||
    primary.rolloutState !== 'IN_PROGRESS' ||
    primary.failedTasks < failureLimit(state.desiredCount)
  ) {
    return false
  }
  primary.rolloutState = 'FAILED'
  primary.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.'
  primary.updatedAt = world.now
  tell(world, service, `(deployment ${primary.id}) deployment failed: tasks failed to start.`)
  state.failure = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'."
  if (rollback && state.lastCompleted && state.lastCompleted !== primary.taskDefinition) {
    const failure = state.failure
    deploy(world, region, service, state.lastCompleted)
    state.failure = failure
    const back = state.deployments[0]
    if (back) tell(world, service, `rolling back to (deployment ${back.id}).`)
  }
  return true
}

function lastFailureAt(region: Region, service: Resource): number {
  const name = service.physicalId.slice(service.physicalId.lastIndexOf('/') + 1)
  return Object.values(region.tasks)
    .filter(task => task.serviceName === name && task.stoppedAt !== undefined)
    .reduce((latest, task) => Math.max(latest, task.stoppedAt ?? 0), 0)
}
