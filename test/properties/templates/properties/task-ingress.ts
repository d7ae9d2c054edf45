import {referenceIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {type Findings, located, type Property, placeOf, tooFew} from '../property.js'

/**
 * Property 10: whoever reaches a task does so as a member of a security group, never by address, and on one port for
 * each rule. Rules are inside a group or by themselves.
 */
export const taskIngress: Property = {
  id: 'task-ingress',
  title: 'the security groups of tasks admit security groups only',
  violations({deployed}) {
    const services = deployed.resources('AWS::ECS::Service')
    const groups = [...new Set(services.flatMap(service => groupsOf(deployed, service)))]
    return [
      ...tooFew(services, 8, 'services'),
      ...services.flatMap(service =>
        located(placeOf(service), [
          groupsOf(deployed, service).length === 0 && 'it names no security group, and gets the default one',
        ]),
      ),
      // Registry and auth server, MCP servers and agents, Keycloak.
      ...tooFew(groups, 3, 'security groups of tasks'),
      ...groups.flatMap(group => {
        const rules = ingressOf(deployed, group)
        return [
          ...tooFew(rules, 1, `rules of ${placeOf(group)}`),
          ...rules.flatMap(({place, rule}) => located(place, judge(deployed, rule))),
        ]
      }),
    ]
  },
}

function groupsOf(deployed: Deployed, service: DeployedResource): DeployedResource[] {
  const names: unknown[] = service.properties.NetworkConfiguration?.AwsvpcConfiguration?.SecurityGroups ?? []
  return names.flatMap(name => deployed.resource(referenceIn(name)) ?? [])
}

function ingressOf(deployed: Deployed, group: DeployedResource) {
  const inside = (group.properties.SecurityGroupIngress ?? []).map((rule: unknown, index: number) => {
    return {place: `${placeOf(group)} rule ${index + 1}`, rule}
  })
  const apart = deployed
    .resources('AWS::EC2::SecurityGroupIngress')
    .filter(({properties}) => deployed.resource(referenceIn(properties.GroupId)) === group)
    .map(rule => ({place: placeOf(rule), rule: rule.properties}))
  return [...inside, ...apart]
}

function judge(deployed: Deployed, rule: DeployedResource['properties']): Findings {
  const source = deployed.resource(referenceIn(rule.SourceSecurityGroupId))
  const address = ['CidrIp', 'CidrIpv6', 'SourcePrefixListId'].find(name => rule[name] !== undefined)
  return [
    address !== undefined && `it admits ${address} ${rule[address]}`,
    source?.type !== 'AWS::EC2::SecurityGroup' && 'it admits no security group of the environment',
    rule.IpProtocol !== 'tcp' && `its protocol is ${rule.IpProtocol}`,
    (rule.FromPort === undefined || rule.FromPort !== rule.ToPort) &&
      `it opens ports ${rule.FromPort} to ${rule.ToPort}, not one`,
  ]
}
