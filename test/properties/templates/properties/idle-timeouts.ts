import {referenceIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {judgeEach, located, type Property, placeOf, tooFew} from '../property.js'
import {containersIn} from '../tasks.js'

/** Seconds that Elastic Load Balancing takes when it is told nothing, and CloudFront for its connections. */
const unsaid = {loadBalancer: 60, response: 30, keepAlive: 5}

/**
 * Who reuses a connection must give it up before its other end does: otherwise a request meets a connection that is being
 * closed, and ends with 502. And nothing on the way to an answer gives up before the first that waits for it.
 */
export const idleTimeouts: Property = {
  id: 'idle-timeouts',
  title:
    'idle connections are given up from the front to the back, and answers waited for at least as long behind',
  violations({deployed}) {
    const balancers = deployed.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')
    const main = balancers.find(({logicalId}) => logicalId === 'MainAlb')
    const nginx = nginxOf(deployed)
    const servers = containersIn(deployed).flatMap(({definition, properties}) =>
      (properties.Environment ?? [])
        .filter(({Name: name}: {Name: string}) => name === 'UVICORN_TIMEOUT_KEEP_ALIVE')
        .map(({Value: value}: {Value: unknown}) => ({place: placeOf(definition), keeps: Number(value)})),
    )
    return [
      ...tooFew(main === undefined ? [] : [main], 1, 'main load balancers'),
      ...tooFew(servers, 2, 'servers behind it that say how long they keep a connection'),
      ...servers.flatMap(({place, keeps}) =>
        located(place, [
          !(main !== undefined && keeps > idleOf(main)) &&
            `it closes connections after ${keeps} s that the load balancer keeps`,
        ]),
      ),
      ...located('nginx in the image build', [
        !(main !== undefined && nginx.keeps > idleOf(main)) &&
          `it closes connections after ${nginx.keeps} s that the load balancer keeps`,
        !(nginx.waits >= longestResponse) && `it waits ${nginx.waits} s for an answer of a tool`,
      ]),
      ...judgeEach(
        deployed.resources('AWS::CloudFront::Distribution'),
        {atLeast: 0, what: 'distributions'},
        ({properties}) =>
          (properties.DistributionConfig?.Origins ?? []).flatMap((origin: DeployedResource['properties']) => {
            const balancer = behind(deployed, origin)
            const {OriginReadTimeout: response, OriginKeepaliveTimeout: keepAlive} =
              origin.CustomOriginConfig ?? {}
            const idle = balancer === undefined ? Number.NaN : idleOf(balancer)
            return [
              !(Number(keepAlive ?? unsaid.keepAlive) < idle) &&
                `it keeps connections for ${keepAlive} s, its load balancer for ${idle} s`,
              !(Number(response ?? unsaid.response) <= idle) &&
                `it waits ${response} s for an answer, its load balancer ${idle} s`,
              balancer === main &&
                Number(response) !== longestResponse &&
                `it waits ${response} s for an answer of a tool, not the ${longestResponse} s that it could`,
            ]
          }),
      ),
    ]
  },
}

/** Seconds. Source: Amazon CloudFront API reference, CustomOriginConfig, OriginReadTimeout. */
const longestResponse = 120

function behind(deployed: Deployed, origin: DeployedResource['properties']): DeployedResource | undefined {
  return deployed.resource(referenceIn(origin.DomainName))
}

function idleOf({properties}: DeployedResource): number {
  const attributes: {Key: string; Value: string}[] = properties.LoadBalancerAttributes ?? []
  const said = attributes.find(({Key: key}) => key === 'idle_timeout.timeout_seconds')?.Value
  return Number(said ?? unsaid.loadBalancer)
}

/** Seconds that the build writes into nginx's configuration. */
function nginxOf(deployed: Deployed): {keeps: number; waits: number} {
  const [project] = deployed.resources('AWS::CodeBuild::Project')
  const steps = String(project?.properties.Source?.BuildSpec)
  const seconds = (directive: string) => Number(new RegExp(`\\b${directive} (\\d+)s;`).exec(steps)?.[1])
  return {keeps: seconds('keepalive_timeout'), waits: seconds('proxy_read_timeout')}
}
