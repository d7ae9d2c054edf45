import type {Region, Resource} from '../account/account.js'
import type {Stack} from '../account/stack.js'
import type {World} from '../account/world.js'
import {serviceType, stateOf} from '../resources/ecs-services.js'
import {isSteady, rolloutLimitMs} from '../services/ecs/deployments.js'

/**
 * Whether somebody may be waiting for something in the account: an operation on a stack, a build, a roll-out, a
 * deletion that no stack waits for, or code that runs. What else is scheduled (health checks, watchdogs, what is forgotten after an hour) does not
 * count: it always continues, and what is not done now is done when the account is served again.
 */
export function isUnderWay(world: World): boolean {
  return (
    world.clock.held ||
    world.account.eventQueue.some(({name}) => name === 'resource.vanish') ||
    Object.values(world.account.regions).some(region => isBusy(world, region))
  )
}

/** Whether what is under way comes to an end without anybody: at the speed max time stands still until it is moved. */
export function goesOnByItself(world: World): boolean {
  return world.clock.held || (world.clock.speed !== 'max' && isUnderWay(world))
}

function isBusy(world: World, region: Region): boolean {
  return (
    Object.values(region.stacks).some(isWorking) ||
    Object.values(region.builds).some(({status}) => status === 'IN_PROGRESS') ||
    world.resourcesOf(region, serviceType).some(service => isRollingOut(world, region, service))
  )
}

/** A change set that is worked out counts as an operation. */
function isWorking({operation, changeSets = []}: Stack): boolean {
  return operation !== undefined || changeSets.some(({status}) => status.endsWith('_IN_PROGRESS'))
}

function isRollingOut(world: World, region: Region, service: Resource): boolean {
  const {status, deployments} = stateOf(service)
  const [primary] = deployments
  if (status !== 'ACTIVE' || !primary || primary.rolloutState === 'FAILED') return false
  // One that cannot succeed and has no circuit breaker continues for ever, in AWS too.
  return world.now - primary.updatedAt < rolloutLimitMs && !isSteady(region, service)
}
