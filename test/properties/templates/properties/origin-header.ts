import {referencesIn} from '../../../../src/parity/templates/references.js'
import {findDynamicReferences} from '../../../../src/template/dynamic-references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {answerOf, listenersOf, rulesOf} from '../listener-rules.js'
import {differs, type Findings, judgeEach, type Property, placeOf, tooFew} from '../property.js'

type Properties = DeployedResource['properties']

const paths = ['/', '/health', '/api/servers', '/realms/mcp-gateway', '/a/b?c=d', '*']
/** Characters; case does not count where it is compared, which leaves 36 different ones. */
const shortestSecret = 32

/**
 * CloudFront's prefix list is that of all its customers. Each load balancer therefore knows its own distribution by a
 * header that nobody else can send, and that is nowhere but where it is sent and asked for.
 */
export const originHeader: Property = {
  id: 'origin-header',
  title: 'behind CloudFront a load balancer answers nobody but its own distribution',
  violations({deployed, choice}) {
    const distributions = deployed.resources('AWS::CloudFront::Distribution')
    const balancers = deployed.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')
    const sent = distributions.map(distribution => JSON.stringify(headersOf(distribution)))
    return [
      ...tooFew(balancers, 2, 'load balancers'),
      ...(choice.parameters.BaseDomain
        ? askedInVain(deployed)
        : judgeEach(distributions, {atLeast: 2, what: 'distributions'}, distribution =>
            judge(deployed, distribution),
          )),
      // One that knows the header of the registry, as MCP servers may, must not know Keycloak's.
      ...(new Set(sent).size < sent.length
        ? ['compute.KeycloakDistribution: it sends what another one sends']
        : []),
    ]
  },
}

function headersOf({properties}: DeployedResource): Properties[] {
  return properties.DistributionConfig.Origins[0]?.OriginCustomHeaders ?? []
}

function judge(deployed: Deployed, distribution: DeployedResource): Findings {
  const [origin] = distribution.properties.DistributionConfig.Origins
  const [balancer] = referencesIn(origin.DomainName).map(reference => deployed.resource(reference))
  if (balancer === undefined) return [`${origin.DomainName} is no load balancer`]
  const [header, ...more] = headersOf(distribution)
  if (header === undefined || more.length > 0) return ['it does not send one header']
  const [listener] = listenersOf(deployed, placeOf(balancer), origin.CustomOriginConfig.HTTPPort)
  if (listener === undefined) return ['no listener is where it asks']
  const name = String(header.HeaderName).toLowerCase()
  const own = answerOf(deployed, listener, {path: '/', headers: {[name]: header.HeaderValue}})
  const [action] = listener.properties.DefaultActions
  const accepted = acceptedBy(deployed, listener)
  return [
    differs('what it gets', own, `forward ${action?.TargetGroupArn}`),
    ...paths.flatMap(path => {
      const without = answerOf(deployed, listener, {path})
      const wrong = answerOf(deployed, listener, {path, headers: {[name]: 'guessed'}})
      return [without, wrong].map(answer => /^forward/.test(answer) && `anybody gets ${path}`)
    }),
    differs('how many headers are accepted', accepted.length, 2),
    new Set(accepted).size < accepted.length && 'the old header and the new one are the same',
    !accepted.includes(header.HeaderValue) && 'it sends what is not accepted',
    ...[...new Set([header.HeaderValue, ...accepted])].flatMap(value => secretProblems(deployed, value)),
  ]
}

function acceptedBy(deployed: Deployed, listener: DeployedResource): string[] {
  return rulesOf(deployed, listener).flatMap(({properties}) =>
    (properties.Conditions ?? []).flatMap(({HttpHeaderConfig}: Properties) => HttpHeaderConfig?.Values ?? []),
  )
}

/** The value must be one that Secrets Manager makes, and be named only. */
function secretProblems(deployed: Deployed, value: string): Findings {
  const [reference, ...others] = findDynamicReferences(value)
  const [target] = referencesIn(reference?.reference ?? '')
  const secret = deployed.resource(target)
  if (reference?.text !== value || others.length > 0 || secret?.type !== 'AWS::SecretsManager::Secret')
    return ['its header can be read in the template']
  const {GenerateSecretString: generated, SecretString: given} = secret.properties
  return [
    given !== undefined && `${placeOf(secret)} is not generated`,
    !(generated?.PasswordLength >= shortestSecret) && `${placeOf(secret)} can be guessed`,
    generated?.ExcludePunctuation !== true && `${placeOf(secret)} may hold a wildcard`,
  ]
}

/** With a domain there is no CloudFront, and a rule that asks for its header would refuse everybody. */
function askedInVain(deployed: Deployed): string[] {
  return deployed
    .resources('AWS::ElasticLoadBalancingV2::ListenerRule', 'AWS::CloudFront::Distribution')
    .filter(({type, properties}) => {
      const asks = (properties.Conditions ?? []).some(({Field}: Properties) => Field === 'http-header')
      return type === 'AWS::CloudFront::Distribution' || asks
    })
    .map(resource => `${placeOf(resource)}: it is there with a domain`)
}
