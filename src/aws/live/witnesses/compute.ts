import {allPages, batches} from '../../pages.js'
import type {Witness} from '../witness.js'

/** Source: Elastic Load Balancing API reference, DescribeRules: it says no limit; so many are asked for without one. */
const rulesPerCall = 20

/** The active task definitions of the region; of one with more than a page of them, the first hundred. */
const taskDefinitions: Witness = {
  types: ['AWS::ECS::TaskDefinition'],
  async ask(clients, ids, sightings) {
    if (ids('AWS::ECS::TaskDefinition').length === 0) return
    const ecs = await clients.ecs()
    const {taskDefinitionArns = []} = await ecs.listTaskDefinitions({status: 'ACTIVE', maxResults: 100})
    for (const arn of taskDefinitionArns) sightings.add('AWS::ECS::TaskDefinition', arn)
  },
}

/** The names of an environment's log groups begin differently, but have something in common. */
const logGroups: Witness = {
  types: ['AWS::Logs::LogGroup'],
  async ask(clients, ids, sightings) {
    const pattern = commonPart(ids('AWS::Logs::LogGroup'))
    if (pattern.length < shortestPattern) return
    const logs = await clients.logs()
    const all = await allPages(async token => {
      const page = await logs.describeLogGroups({logGroupNamePattern: pattern, nextToken: token})
      return {items: page.logGroups, token: page.nextToken}
    })
    for (const {logGroupName} of all) sightings.add('AWS::Logs::LogGroup', logGroupName)
  },
}

/** What is shorter is in the names of others, too. */
const shortestPattern = 4

/** The longest text that all of them contain. */
export function commonPart([first = '', ...others]: readonly string[]): string {
  for (let length = first.length; length > 0; length--) {
    for (let start = 0; start + length <= first.length; start++) {
      const part = first.slice(start, start + length)
      if (others.every(other => other.includes(part))) return part
    }
  }
  return ''
}

/** Rules of all listeners at once; it fails as a whole when one of them is missing. */
const listenerRules: Witness = {
  types: ['AWS::ElasticLoadBalancingV2::ListenerRule'],
  async ask(clients, ids, sightings) {
    const sdk = await clients.loadBalancing()
    await Promise.all(
      batches(ids('AWS::ElasticLoadBalancingV2::ListenerRule'), rulesPerCall).map(async batch => {
        const {Rules = []} = await sdk.describeRules({RuleArns: [...batch]})
        for (const {RuleArn} of Rules) sightings.add('AWS::ElasticLoadBalancingV2::ListenerRule', RuleArn)
      }),
    )
  },
}

export const computeWitnesses: readonly Witness[] = [taskDefinitions, logGroups, listenerRules]
