import type {Listener, TargetGroup} from '../../aws/load-balancers.js'
import {type EnvironmentTargetGroup, targetGroups} from '../../environment/target-groups.js'
import type {CheckTarget} from './check-target.js'

/** Listeners of each load balancer by name; undefined for one that does not exist. */
export type Listeners = ReadonlyMap<string, readonly Listener[] | undefined>

/** Of the environment's two load balancers. `groups`: its target groups, which know the ARNs of those that send to them. */
export async function readListeners(
  {aws, environment}: Pick<CheckTarget, 'aws' | 'environment'>,
  groups: readonly TargetGroup[],
): Promise<Listeners> {
  const balancers = [...new Set(targetGroups.map(group => group.loadBalancer(environment)))]
  const arns = groups.flatMap(({loadBalancers}) => loadBalancers)
  return new Map(
    await Promise.all(
      balancers.map(async name => {
        const arn = arns.find(each => each.includes(`:loadbalancer/app/${name}/`))
        return [name, await aws.loadBalancers.listeners(name, arn)] as const
      }),
    ),
  )
}

/**
 * What is wrong with the listener that must send to a target group; undefined when nothing is. CloudFormation does neither
 * notice nor fix it, because it compares templates: `deploy --repair` does.
 * @param listeners of the group's load balancer
 */
export function listenerFault(
  {environment, hasDomain}: Pick<CheckTarget, 'environment' | 'hasDomain'>,
  wanted: EnvironmentTargetGroup,
  group: TargetGroup,
  listeners: readonly Listener[],
): string | undefined {
  const balancer = wanted.loadBalancer(environment)
  const port = wanted.listenerPort({domain: hasDomain})
  const listener = listeners.find(candidate => candidate.port === port)
  if (listener === undefined)
    return `The listener on port ${port} of load balancer ${balancer} is missing, so nothing reaches the group.`
  if (listener.targetGroupArns.includes(group.arn) || group.loadBalancers.length > 0) return undefined
  return `The listener on port ${port} of load balancer ${balancer} does not send to the group.`
}
