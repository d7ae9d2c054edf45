import {resourceReferences} from '../../../../src/template/dependencies.js'
import {circularNodes, graphOf} from '../../../../src/template/graph.js'
import {creationNeeds} from '../../../../src/template/index.js'
import type {DeployedStack} from '../deployed.js'
import {type Property, tooFew} from '../property.js'

type Pair = readonly [later: string, earlier: string]

/** What has to exist first although no property says so; a name may end in `*`. */
const mustFollow: readonly Pair[] = [
  // EC2: a NAT gateway and a route to the internet want the internet gateway attached.
  ['network.NatGateway*', 'network.InternetGatewayAttachment'],
  ['network.PublicDefaultRoute', 'network.InternetGatewayAttachment'],
  // A target group of a proxy becomes ready when an instance answers.
  ['data.DatabaseProxyTargetGroup', 'data.DatabaseWriter'],
  ['data.DatabaseProxy', 'data.DatabaseProxyLogGroup'],
  // Container Insights would make its own, without retention.
  ['compute.MainEcsCluster', 'compute.MainInsightsLogGroup'],
  ['compute.KeycloakEcsCluster', 'compute.KeycloakInsightsLogGroup'],
  // The account's first cluster makes the service-linked role, which nobody can assume for some seconds.
  ['compute.KeycloakEcsCluster', 'compute.MainEcsCluster'],
  // Capacity providers want the role, and the namespace takes most of a minute.
  ['compute.*CapacityProviders', 'compute.MainEcsCluster'],
  ['compute.*CapacityProviders', 'compute.ServiceDiscoveryNamespace'],
  // The build pushes to the repositories, and only its event answers CloudFormation.
  ['compute.ContainerImages', 'compute.*Repository'],
  ['compute.ContainerImages', 'compute.BuildEndedPermission'],
  ['compute.ContainerImages', 'compute.BuildEndedRule'],
  // A task that starts before its role may read its secrets fails.
  ['services.AuthServerService', 'services.AppExecutionPolicy'],
  ['services.RegistryService', 'services.AppExecutionPolicy'],
  ['services.McpgwService', 'services.AppExecutionPolicy'],
  ['services.KeycloakService', 'services.KeycloakExecutionPolicy'],
  ['services.CurrentTimeService', 'services.TaskExecutionPolicy'],
  ['services.RealServerFakeToolsService', 'services.TaskExecutionPolicy'],
  ['services.FlightBookingAgentService', 'services.TaskExecutionPolicy'],
  ['services.TravelAssistantAgentService', 'services.TaskExecutionPolicy'],
  // Service Connect: a deployment knows the names that exist when it is made.
  ['services.RegistryService', 'services.AuthServerService'],
  ['services.RegistryService', 'services.CurrentTimeService'],
  ['services.RegistryService', 'services.McpgwService'],
  ['services.RegistryService', 'services.RealServerFakeToolsService'],
  ['services.RegistryService', 'services.*AgentService'],
]

/** As above, of what is not always made. */
const mustFollowIfMade: readonly Pair[] = [
  // No rule asks for a header that is not sent yet, and none refuses while no other lets through.
  ['compute.MainOriginRule', 'compute.MainDistribution'],
  ['compute.MainOriginRefusal', 'compute.MainOriginRule'],
  ['compute.KeycloakOriginRule', 'compute.KeycloakDistribution'],
  ['compute.KeycloakOriginRefusal', 'compute.KeycloakOriginRule'],
  ['compute.KeycloakAdminRefusal', 'compute.KeycloakPublicRule'],
  ['compute.KeycloakAdminRefusal', 'compute.KeycloakNatRule'],
  ['compute.KeycloakAdminRefusal', 'compute.KeycloakAdminRule'],
]

/** What takes minutes each, and is made side by side. */
const mustNotFollow: readonly Pair[] = [
  // Nothing holds them until the NAT gateways do, and all that is made later waits for those.
  ['network.NatEip*', 'network.InternetGatewayAttachment'],
  ['data.DatabaseProxy', 'data.DatabaseWriter'],
  ['data.DatabaseProxy', 'data.*Cluster'],
  ['data.DatabaseWriter', 'data.DatabaseProxy'],
  ['data.FileSystem', 'data.Database*'],
  ['compute.ContainerImages', 'compute.*Alb'],
  ['compute.ContainerImages', 'compute.*Distribution'],
  ['compute.*Distribution', 'compute.ContainerImages'],
  ['compute.*Alb', 'compute.ContainerImages'],
  ['compute.KeycloakAlb', 'compute.MainAlb'],
  // All but the registry call nobody by such a name when they start.
  ...['AuthServer', 'Keycloak', 'CurrentTime', 'Mcpgw', 'RealServerFakeTools', '*Agent'].map(
    (service): Pair => [`services.${service}Service`, 'services.*Service'],
  ),
  // Its first start fills the database, and nobody needs more of it than its name.
  ['services.RegistryService', 'services.KeycloakService'],
]

/** CloudFormation makes side by side whatever does not wait, and knows of waiting only what a template says. */
export const dependencies: Property = {
  id: 'dependencies',
  title: 'resources wait for what they need and for nothing else, and never for each other',
  violations({deployed}) {
    const graphs = deployed.stacks.map(stack => ({stack, needs: needsIn(stack)}))
    const explicit = deployed.resources().flatMap(({declaration}) => declaration.dependsOn)
    const before = new Map<string, readonly string[]>(
      graphs.flatMap(({stack: {label}, needs}) =>
        [...needs.keys()].map(name => {
          const all = [...reachable(name, needs)]
          return [`${label}.${name}`, all.map(other => `${label}.${other}`)] as const
        }),
      ),
    )
    const names = [...before.keys()]
    return [
      ...tooFew(explicit, 20, 'DependsOn'),
      ...graphs.flatMap(({stack, needs}) => [...circles(stack, needs), ...dependsOnProblems(stack, needs)]),
      ...mustFollow.flatMap(([later, earlier]) => {
        const pairs = pairsOf(names, later, earlier)
        return [
          ...tooFew(pairs, 1, `pairs of ${later} and ${earlier}`),
          ...pairs
            .filter(([one, other]) => !before.get(one)?.includes(other))
            .map(([one, other]) => `${one}: it does not wait for ${other}`),
        ]
      }),
      ...mustFollowIfMade.flatMap(([later, earlier]) =>
        pairsOf(names, later, earlier)
          .filter(([one, other]) => !before.get(one)?.includes(other))
          .map(([one, other]) => `${one}: it does not wait for ${other}`),
      ),
      ...mustNotFollow.flatMap(([later, earlier]) =>
        pairsOf(names, later, earlier)
          .filter(([one, other]) => one !== other && before.get(one)?.includes(other))
          .map(([one, other]) => `${one}: it waits for ${other}, without need`),
      ),
    ]
  },
}

type Needs = ReadonlyMap<string, readonly string[]>

function needsIn({template, resolver}: DeployedStack): Needs {
  return creationNeeds(template, resolver.activeResources(), name => resolver.condition(name))
}

function circles({label}: DeployedStack, needs: Needs): string[] {
  const circular = circularNodes(graphOf([...needs.keys()], name => needs.get(name) ?? []))
  return circular.map(name => `${label}.${name}: it waits for itself`)
}

/** Each `DependsOn` names what exists then, and says what nothing else says. */
function dependsOnProblems({label, template, resolver}: DeployedStack, needs: Needs): string[] {
  return [...needs.keys()].flatMap(name =>
    (template.resources[name]?.dependsOn ?? []).flatMap(needed => {
      const place = `${label}.${name}`
      // CloudFormation passes over a resource whose condition is false, and the order is lost.
      if (!resolver.isActive(needed)) return [`${place}: it depends on ${needed}, which is not made`]
      const mentioned = resourceReferences(template, name, resolver).map(reference => reference.name)
      const others = [
        ...mentioned,
        ...(template.resources[name]?.dependsOn ?? []).filter(other => other !== needed),
      ]
      const isKnown = others.some(other => other === needed || reachable(other, needs).has(needed))
      return isKnown ? [`${place}: it waits for ${needed} without DependsOn`] : []
    }),
  )
}

function reachable(from: string, needs: Needs): Set<string> {
  const seen = new Set<string>()
  const open = [...(needs.get(from) ?? [])]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    open.push(...(needs.get(name) ?? []))
  }
  return seen
}

function pairsOf(names: readonly string[], later: string, earlier: string): Pair[] {
  const matching = (pattern: string) => {
    const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '\\w*')}$`)
    return names.filter(name => expression.test(name))
  }
  return matching(later).flatMap(one => matching(earlier).map((other): Pair => [one, other]))
}
