import type {EventHandlers, World} from '../account/world.js'
import {cancelRunning, runOutOfTime} from '../engine/cancel.js'
import {finishDeletion} from '../engine/change-sets/delete.js'
import {planChangeSet, settleChangeSet} from '../engine/change-sets/plan.js'
import {childSettled, ofOperation, stepStack} from '../engine/engine.js'
import {workOnResource} from '../engine/making.js'
import {turnBackAfterFailures} from '../engine/outcomes.js'
import {useProviders} from '../engine/providers.js'
import {finishResourceDeletion} from '../engine/resource-deletion.js'
import {vanish} from '../engine/vanish.js'
import {usePrivateHosts} from '../resources/private-hosts.js'
import {useEndpoint} from '../services/cloudformation/custom-resources.js'
import {endBuildPhase, exportTarball} from '../services/codebuild/builds.js'
import {containerHosts} from '../services/ecs/container-answers.js'
import {completeDeployment, scheduleTasks} from '../services/ecs/deployments.js'
import {advanceTask, becomeHealthy, forgetTask, missName} from '../services/ecs/tasks.js'
import {endTargetCheck, reconsiderAllTargets} from '../services/elbv2/target-health.js'
import {invocation, type LambdaRuntime, letFunctionsRun} from '../services/lambda/invocations.js'
import {recreateGroup} from '../services/logs/streams.js'
import {providerFor} from '../services/providers.js'
import {turnFault} from './fault-effects.js'

/** Brings an account to life: once for each world, before its first event. */
export function registerEvents(world: World, runtime: LambdaRuntime): void {
  useProviders(world, providerFor)
  usePrivateHosts(world, containerHosts)
  useEndpoint(world, () => runtime.endpoint())
  letFunctionsRun(world)
  world.on(eventHandlers(runtime))
}

/** Who handles each event. The compiler refuses one that has no handler here, and one that has two. */
function eventHandlers(runtime: LambdaRuntime): EventHandlers {
  return {
    'stack.step': ofOperation(stepStack),
    'stack.timeout': ofOperation(runOutOfTime),
    'stack.cancel': ofOperation(cancelRunning),
    'stack.turn-back': ofOperation(turnBackAfterFailures),
    'resource.work': ofOperation((context, {logicalId, work}) => workOnResource(context, logicalId, work)),
    'resource.gone': ofOperation(finishResourceDeletion),
    'resource.vanish': vanish,
    'child.settled': ofOperation(childSettled),
    'change-set.plan': planChangeSet,
    'change-set.settle': settleChangeSet,
    'change-set.gone': finishDeletion,
    'ecs.task': advanceTask,
    'ecs.task-healthy': becomeHealthy,
    'ecs.name-not-found': missName,
    'ecs.task-forget': forgetTask,
    'ecs.schedule': scheduleTasks,
    'ecs.steady': completeDeployment,
    'elb.check': endTargetCheck,
    'elb.reconsider': reconsiderAllTargets,
    'codebuild.phase': endBuildPhase,
    'codebuild.export': exportTarball,
    'logs.recreate': recreateGroup,
    'lambda.invoke': invocation(runtime),
    'fault.turn': turnFault,
  }
}
