import type {World} from '../account/world.js'
import {registerBuilds} from './builds.js'
import {useEndpoint} from './custom-resources.js'
import {registerDeployments} from './deployments.js'
import {type LambdaRuntime, registerInvocations} from './invocations.js'
import {registerTargetHealth} from './target-health.js'
import {registerTasks} from './tasks.js'

export {answerPath, receiveAnswer} from './custom-resources.js'
export {invoke, invokeLater, type LambdaRuntime} from './invocations.js'
export {answerPublicRequest, isHostedName, type PublicAnswer, type PublicRequest} from './public-hosts.js'
export {receiveSignal, signalPath} from './wait-signals.js'

/** Brings the services of an account to life: once for each world, before its agenda moves. */
export function registerSimulation(world: World, runtime: LambdaRuntime): void {
  useEndpoint(world, () => runtime.endpoint())
  registerTasks(world)
  registerDeployments(world)
  registerTargetHealth(world)
  registerBuilds(world)
  registerInvocations(world, runtime)
}
