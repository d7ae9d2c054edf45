import {awsCommand} from '../../aws/command-line.js'
import type {Listener, TargetGroup} from '../../aws/load-balancers.js'
import {type EnvironmentTargetGroup, targetGroups} from '../../environment/target-groups.js'
import type {CheckTarget} from './health.js'

/** Listeners of each load balancer by name; undefined for one that does not exist. */
export type Listeners = ReadonlyMap<string, readonly Listener[] | undefined>

/** Of the environment's two load balancers. */
export async function readListeners({
  aws,
  environment,
}: Pick<CheckTarget, 'aws' | 'environment'>): Promise<Listeners> {
  const balancers = [...new Set(targetGroups.map(group => group.loadBalancer(environment)))]
  return new Map(
    await Promise.all(balancers.map(async name => [name, await aws.loadBalancers.listeners(name)] as const)),
  )
}

/**
 * What is wrong with the listener that must send to a target group, and the command that mends it; undefined when
 * nothing is. CloudFormation does neither notice nor mend it, because it compares templates.
 * @param listeners of the group's load balancer
 */
export function listenerFault(
  {aws, environment, hasDomain}: Pick<CheckTarget, 'aws' | 'environment' | 'hasDomain'>,
  wanted: EnvironmentTargetGroup,
  group: TargetGroup,
  listeners: readonly Listener[],
): {what: string; command: string} | undefined {
  const balancer = wanted.loadBalancer(environment)
  const port = wanted.listenerPort({domain: hasDomain})
  const listener = listeners.find(candidate => candidate.port === port)
  const forward = `--default-actions Type=forward,TargetGroupArn=${group.arn}`
  if (listener === undefined) {
    const query = '--query LoadBalancers[0].LoadBalancerArn --output text'
    const arn = `$(${awsCommand(aws, `elbv2 describe-load-balancers --names ${balancer} ${query}`)})`
    const protocol = hasDomain ? 'HTTPS --certificates CertificateArn=<certificate>' : 'HTTP'
    const create = `elbv2 create-listener --load-balancer-arn "${arn}" --protocol ${protocol} --port ${port} ${forward}`
    const what = `The listener on port ${port} of load balancer ${balancer} is missing, so nothing reaches the group.`
    return {what, command: awsCommand(aws, create)}
  }
  if (listener.targetGroupArns.includes(group.arn) || group.loadBalancers.length > 0) return undefined
  const what = `The listener on port ${port} of load balancer ${balancer} does not send to the group.`
  return {what, command: awsCommand(aws, `elbv2 modify-listener --listener-arn ${listener.arn} ${forward}`)}
}
