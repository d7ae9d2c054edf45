import {hexId} from '../../account/random.js'
import type {World} from '../../account/world.js'
import {record, text} from '../../resources/values.js'
import {cloudFrontError, distributionOf, findDistribution} from '../cloudfront/distributions.js'
import {judgedByFunction} from '../cloudfront/viewer-function.js'
import {
  type Balancer,
  balancerAnswer,
  findBalancer,
  hostName,
  listenerAt,
  loopbackAddress,
  type PublicAnswer,
  type PublicRequest,
} from '../elbv2/routing.js'

export type {PublicAnswer, PublicRequest} from '../elbv2/routing.js'

/**
 * What the public internet gets from the account's host names: distributions, load balancers, and Route 53
 * aliases of load balancers. Undefined when nobody has this name, and when the name's load balancer does not
 * listen on this port: HTTP cannot say "connection refused", so whoever carries the request has to.
 *
 * A request's `scheme` may be unknown, since the account takes no TLS: then it is https for a distribution
 * and wherever a load balancer has an HTTPS listener at the port in question.
 */
export async function answerPublicRequest(
  world: World,
  request: PublicRequest,
): Promise<PublicAnswer | undefined> {
  const name = hostName(request.host)
  const distribution = findDistribution(world, name)
  if (distribution) return distributionAnswer(world, name, request)
  const balancer = findBalancer(world, name) ?? aliasedBalancer(world, name)
  return balancer && balancerAnswer(world, balancer, portOf(world, balancer, request), request)
}

/** Whether anything of the account answers under a host name. */
export function isHostedName(world: World, name: string): boolean {
  return (
    (findDistribution(world, name) ?? findBalancer(world, name) ?? aliasedBalancer(world, name)) !== undefined
  )
}

/** Where a request without an explicit port arrives: 443 for https, or when it is not known and 443 listens. */
function portOf(world: World, balancer: Balancer, request: PublicRequest): number {
  const explicit = request.host.split(':')[1]
  if (explicit) return Number(explicit)
  if (request.scheme) return request.scheme === 'https' ? 443 : 80
  return listenerAt(world, balancer, 443) ? 443 : 80
}

function aliasedBalancer(world: World, name: string): Balancer | undefined {
  for (const region of Object.values(world.account.regions)) {
    for (const {properties} of world.resourcesOf(region, 'AWS::Route53::RecordSet')) {
      if (text(properties.Name)?.replace(/\.$/, '').toLowerCase() !== name) continue
      const target = text(record(properties.AliasTarget).DNSName)?.replace(/\.$/, '').toLowerCase() ?? ''
      const balancer = findBalancer(world, target.replace(/^dualstack\./, ''))
      if (balancer) return balancer
    }
  }
  return undefined
}

async function distributionAnswer(world: World, name: string, request: PublicRequest): Promise<PublicAnswer> {
  const resource = findDistribution(world, name)
  // Not a fresh id: looking at a page must not change what happens later.
  const requestId = hexId(world.account.seed, 56, name, request.path, world.now)
  const scheme = request.scheme ?? 'https'
  if (!resource) return cloudFrontError(403, 'The request could not be satisfied.', requestId)
  const {enabled, origin, viewerProtocol, viewerFunction} = distributionOf(
    world,
    resource,
    scheme,
    `${request.address ?? loopbackAddress} ${request.path}`,
  )
  if (!enabled || !origin) return cloudFrontError(403, 'The distribution is disabled.', requestId)
  if (scheme === 'http' && viewerProtocol !== 'allow-all') {
    if (viewerProtocol === 'https-only') return cloudFrontError(403, 'Bad request.', requestId)
    const location = `https://${name}${request.path}`
    return {
      ...cloudFrontError(301, 'Moved Permanently', requestId),
      headers: {location, server: 'CloudFront'},
    }
  }
  const judged =
    viewerFunction === undefined
      ? {request}
      : await judgedByFunction(world, resource, viewerFunction, request, requestId)
  if ('answer' in judged) return judged.answer
  const answer = await originAnswer(world, judged.request, origin)
  if (!answer) {
    const cause =
      "CloudFront wasn't able to connect to the origin. We can't connect to the server for this app or website at this time. There might be too much traffic or a configuration error. Try again later, or contact the app or website owner."
    return cloudFrontError(502, cause, requestId)
  }
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'x-cache': answer.status >= 400 ? 'Error from cloudfront' : 'Miss from cloudfront',
      via: `1.1 ${name} (CloudFront)`,
      'x-amz-cf-id': requestId,
    },
  }
}

/** One of the addresses that CloudFront asks origins from. Source: AWS IP address ranges, CLOUDFRONT_ORIGIN_FACING. */
const cloudFrontAddress = '130.176.0.10'

/** The viewer's own host name travels on, as with the origin request policy AllViewer. */
async function originAnswer(
  world: World,
  request: PublicRequest,
  origin: {host: string; port: number; scheme: 'http' | 'https'; headers: Record<string, string>},
): Promise<PublicAnswer | undefined> {
  const balancer =
    findBalancer(world, origin.host.toLowerCase()) ?? aliasedBalancer(world, origin.host.toLowerCase())
  if (!balancer) return undefined
  return balancerAnswer(world, balancer, origin.port, {
    ...request,
    scheme: origin.scheme,
    address: cloudFrontAddress,
    headers: {
      ...request.headers,
      ...origin.headers,
      'x-forwarded-for': request.address ?? loopbackAddress,
    },
  })
}
