import type {World} from '../account/world.js'
import {usePrivateHosts} from '../resources/private-hosts.js'
import {useEndpoint} from './cloudformation/custom-resources.js'
import {registerBuilds} from './codebuild/builds.js'
import {containerHosts} from './ecs/container-answers.js'
import {registerDeployments} from './ecs/deployments.js'
import {registerTasks} from './ecs/tasks.js'
import {registerTargetHealth} from './elbv2/target-health.js'
import {type LambdaRuntime, registerInvocations} from './lambda/invocations.js'

export {answerPath, receiveAnswer} from './cloudformation/custom-resources.js'
export {receiveSignal, signalPath} from './cloudformation/wait-signals.js'
export {invoke, invokeLater, type LambdaRuntime} from './lambda/invocations.js'
export {
  answerPublicRequest,
  isHostedName,
  type PublicAnswer,
  type PublicRequest,
} from './route53/public-hosts.js'

/** Brings the services of an account to life: once for each world, before its agenda moves. */
export function registerSimulation(world: World, runtime: LambdaRuntime): void {
  useEndpoint(world, () => runtime.endpoint())
  usePrivateHosts(world, containerHosts)
  registerTasks(world)
  registerDeployments(world)
  registerTargetHealth(world)
  registerBuilds(world)
  registerInvocations(world, runtime)
}
