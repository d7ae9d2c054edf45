import {targetGroups} from '../../environment/target-groups.js'
import {failed, messageOf} from '../../errors.js'
import {targetsOfLayout} from '../stacks/stack-targets.js'
import type {StepTools} from '../step.js'
import {hasDomain} from '../verify/find-environment.js'
import {listenerFault, readListeners} from '../verify/listeners.js'
import type {DeployContext} from './context.js'

/**
 * Looks, before the stack of the services is made, whether the listeners are there that send to their target groups:
 * ECS refuses a service behind a group without one, minutes into the stack, and however often it is made again.
 * @throws LISTENER_MISSING
 */
export async function checkListeners(context: DeployContext, {tell, signal}: StepTools): Promise<void> {
  let fault: Fault | undefined
  try {
    fault = await firstFault(context)
  } catch (error) {
    signal.throwIfAborted()
    tell({kind: 'note', text: `Whether all listeners are there cannot be read: ${messageOf(error)}`})
    return
  }
  if (fault === undefined) return
  const {balancer, what} = fault
  throw failed('LISTENER_MISSING', `${what} The services stack was not started.`, {
    hint: `Someone changed it; CloudFormation does not notice. Run \`${context.commandLine('deploy')} --repair\`.`,
    resource: balancer,
  })
}

interface Fault {
  balancer: string
  what: string
}

async function firstFault({aws, environment, settings}: DeployContext): Promise<Fault | undefined> {
  const stackOf = (label: string) =>
    targetsOfLayout(settings.layout, environment).find(stackTarget => stackTarget.label === label)
  const [compute, services] = await Promise.all(
    [stackOf('compute'), stackOf('services')].map(
      stackTarget => stackTarget && aws.stacks.describe(stackTarget.stackName),
    ),
  )
  // Existing services are looked at when all is done, with everything else.
  if (compute === undefined || services !== undefined) return undefined
  const place = {aws, environment, hasDomain: hasDomain(compute)}
  const groups = await aws.loadBalancers.targetGroups(targetGroups.map(({name}) => name(environment)))
  const listeners = await readListeners(place, groups)
  for (const wanted of targetGroups) {
    const group = groups.find(({name}) => name === wanted.name(environment))
    const balancer = wanted.loadBalancer(environment)
    const own = listeners.get(balancer)
    const what = group && own && listenerFault(place, wanted, group, own)
    if (what !== undefined) return {balancer, what}
  }
  return undefined
}
