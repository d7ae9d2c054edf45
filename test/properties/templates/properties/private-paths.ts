import {referenceIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {differs, judgeEach, type Property, tooFew} from '../property.js'

type Properties = DeployedResource['properties']

/**
 * What a Keycloak 23 that is built with metrics and health answers on its only port, and what is not anybody's business
 * outside. Our images have neither; older ones do.
 */
const privatePaths = ['/metrics', '/metrics/vendor', '/health', '/health/ready', '/health/live']
/** What a login and the admin console need of the same port. */
const publicPaths = [
  '/',
  '/admin/',
  '/realms/mcp-gateway/.well-known/openid-configuration',
  '/resources/a.js',
]

/**
 * Whoever reaches Keycloak from outside comes through a listener of its load balancer, CloudFront too. The checks of the
 * target group and of the container go to the task itself, and must keep working: neither path is refused there.
 */
export const privatePathsRefused: Property = {
  id: 'private-paths',
  title: "Keycloak's metrics and health are answered with 404 wherever somebody comes in, the rest is not",
  violations({deployed}) {
    const forwarding = deployed
      .resources('AWS::ElasticLoadBalancingV2::Listener')
      .filter(listener => isOfKeycloak(deployed, listener) && forwards(listener))
    return judgeEach(forwarding, {atLeast: 1, what: 'listeners that lead to Keycloak'}, listener => {
      const refused = rulesOf(deployed, listener).flatMap(refusedBy)
      const isRefused = (path: string) => refused.some(pattern => matches(pattern, path))
      return [
        ...tooFew(refused, 1, 'refused patterns'),
        ...privatePaths.filter(path => !isRefused(path)).map(path => `${path} is answered by Keycloak`),
        ...publicPaths.filter(isRefused).map(path => `${path} is refused`),
      ]
    })
  },
}

function isOfKeycloak(deployed: Deployed, {properties}: DeployedResource): boolean {
  return deployed.resource(referenceIn(properties.LoadBalancerArn))?.logicalId === 'KeycloakAlb'
}

function forwards({properties}: DeployedResource): boolean {
  return (properties.DefaultActions ?? []).some(({Type}: Properties) => Type === 'forward')
}

function rulesOf(deployed: Deployed, listener: DeployedResource): DeployedResource[] {
  return deployed
    .resources('AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter(({properties}) => deployed.resource(referenceIn(properties.ListenerArn)) === listener)
}

/** The patterns that a rule refuses with 404, as long as it asks for nothing but a path. */
function refusedBy({properties}: DeployedResource): string[] {
  const [action, condition] = [properties.Actions?.[0], properties.Conditions?.[0]]
  const isRefusal =
    action?.Type === 'fixed-response' &&
    differs('', action.FixedResponseConfig?.StatusCode, '404') === undefined &&
    properties.Conditions?.length === 1 &&
    condition?.Field === 'path-pattern'
  return isRefusal ? (condition.PathPatternConfig?.Values ?? []) : []
}

/** Elastic Load Balancing's own wildcards: `*` for any characters, `?` for one. */
function matches(pattern: string, path: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`).test(path)
}
