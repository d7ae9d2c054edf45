import type {Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {list, number, record, text} from '../../resources/values.js'
import {loopbackAddress, type PublicAnswer, type PublicRequest} from '../elbv2/routing.js'
import {cloudFrontError} from './distributions.js'
import {runViewerFunction} from './run-viewer-function.js'

const functionType = 'AWS::CloudFront::Function'

/**
 * What a distribution's function makes of a viewer's request: a request that passes, or the answer.
 * Source: CloudFront developer guide, "CloudFront Functions event structure".
 */
export async function judgedByFunction(
  world: World,
  distribution: Resource,
  functionArn: string,
  request: PublicRequest,
  requestId: string,
): Promise<{request: PublicRequest} | {answer: PublicAnswer}> {
  const found = Object.values(world.account.regions)
    .flatMap(region => world.resourcesOf(region, functionType))
    .find(({physicalId}) => physicalId === functionArn)
  const code = text(found?.properties.FunctionCode)
  const run =
    code === undefined
      ? {failure: 'The function does not exist.'}
      : await runViewerFunction(code, eventOf(distribution, request, requestId))
  if ('failure' in run) return {answer: functionError(requestId)}
  const result = record(run.result)
  if (result.statusCode !== undefined) return {answer: answerOf(result, requestId)}
  const uri = text(result.uri)
  if (uri === undefined) return {answer: functionError(requestId)}
  const query = written(result.querystring, '&')
  return {
    request: {
      ...request,
      method: text(result.method) ?? request.method,
      path: query === '' ? uri : `${uri}?${query}`,
      headers: {
        ...cookieHeader(result.cookies),
        ...valuesOf(result.headers),
        host: request.headers.host ?? request.host,
      },
    },
  }
}

function eventOf(distribution: Resource, request: PublicRequest, requestId: string) {
  const [uri = '/', query = ''] = request.path.split(/\?(.*)/s)
  const headers = Object.entries(request.headers).filter(([name]) => name !== 'cookie')
  return {
    version: '1.0',
    context: {
      distributionDomainName: distribution.attributes.DomainName,
      distributionId: distribution.physicalId,
      eventType: 'viewer-request',
      requestId,
    },
    viewer: {ip: request.address ?? loopbackAddress},
    request: {
      method: request.method,
      uri,
      querystring: pairsOf(query, '&'),
      headers: Object.fromEntries(headers.map(([name, value]) => [name, {value}])),
      cookies: pairsOf(request.headers.cookie ?? '', ';'),
    },
  }
}

interface Pair {
  value: string
  multiValue?: {value: string}[]
}

/** Names and values of a query or of cookies, as they were written: neither side decodes. */
function pairsOf(written: string, separator: '&' | ';'): Record<string, Pair> {
  const found: Record<string, Pair> = Object.create(null)
  for (const pair of written.split(separator).filter(Boolean)) {
    const [name = '', value = ''] = pair.trim().split(/=(.*)/s)
    const known = found[name]
    if (known === undefined) found[name] = {value}
    else known.multiValue = [...(known.multiValue ?? [{value: known.value}]), {value}]
  }
  return found
}

function written(pairs: unknown, separator: '&' | '; '): string {
  return Object.entries(record(pairs))
    .flatMap(([name, entry]) => {
      const {value, multiValue} = record(entry)
      const values = multiValue === undefined ? [value] : list(multiValue).map(one => record(one).value)
      return values.map(one => `${name}=${text(one) ?? ''}`)
    })
    .join(separator)
}

function cookieHeader(cookies: unknown): Record<string, string> {
  const cookie = written(cookies, '; ')
  return cookie === '' ? {} : {cookie}
}

function valuesOf(headers: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record(headers)).map(([name, entry]) => [
      name.toLowerCase(),
      text(record(entry).value) ?? '',
    ]),
  )
}

function answerOf(result: Record<string, unknown>, requestId: string): PublicAnswer {
  return {
    status: number(result.statusCode) ?? 500,
    headers: {
      ...valuesOf(result.headers),
      server: 'CloudFront',
      'x-cache': 'FunctionGeneratedResponse from cloudfront',
      'x-amz-cf-id': requestId,
    },
    body: text(result.body) ?? text(record(result.body).data) ?? '',
  }
}

/** Source: CloudFront developer guide, "HTTP 503 status code": the function is invalid or throws. */
function functionError(requestId: string): PublicAnswer {
  const cause =
    'The CloudFront function associated with the CloudFront distribution is invalid or could not run.'
  const answer = cloudFrontError(503, cause, requestId)
  return {...answer, headers: {...answer.headers, 'x-cache': 'FunctionExecutionError from cloudfront'}}
}
