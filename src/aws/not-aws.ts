import {failed, type McpgwError} from '../errors.js'
import {type AwsCall, nameOf} from './sdk-error.js'

/** Every answer of AWS has one, S3's in a form of its own; moto and LocalStack send them too. */
const requestIds = ['x-amzn-requestid', 'x-amzn-request-id', 'x-amz-request-id', 'x-amz-id-2']

/** What is looked at of an HTTP answer. */
interface Answer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
}

/**
 * What is in an answer's place that is not AWS's; undefined when it is AWS's. The login page of a network, the word
 * of a proxy: the SDK reads a page with status 200 as the empty success of a Query service, and "no stack" in it. An
 * answer without a request id counts when it has a media type of AWS's protocols, for stand-ins of AWS.
 * @param asked the media type of the request, if it had one: the answer has the same format
 */
export function strangersAnswer({statusCode, headers}: Answer, asked?: string): string | undefined {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  if (requestIds.some(name => named.has(name))) return undefined
  const [mediaType = 'no content type'] =
    /^[\w.+-]{1,40}\/[\w.+-]{1,60}/.exec(named.get('content-type') ?? '') ?? []
  const formats = asked ? [/json|cbor/.exec(asked)?.[0] ?? 'xml'] : ['xml', 'json', 'cbor']
  if (formats.some(format => mediaType.includes(format)) && !mediaType.includes('html')) return undefined
  return `HTTP ${statusCode}, ${mediaType}`
}

/** Somebody else answered a call. @param what of the answer shows it */
export function notAws(what: string, call: AwsCall, cause?: unknown): McpgwError {
  const first = call.operation === 'GetCallerIdentity' ? ' Nothing was changed.' : ''
  const hint =
    call.unreachableHint ??
    (call.endpoint
      ? `Check what listens at ${call.endpoint}, and that AWS_ENDPOINT_URL is meant.`
      : 'Open a web page in a browser: the network may want a login. A proxy (HTTPS_PROXY, NO_PROXY), a VPN or a security program may answer in the place of AWS too. Then run the same command again.')
  return failed('NOT_AWS', `${nameOf(call)} was answered by something that is not AWS (${what}).${first}`, {
    hint,
    cause,
  })
}

/** A connection that ends at somebody whom no known authority vouches for. */
export function notAwsCertificate(message: string, call: AwsCall, cause: unknown): McpgwError {
  const {hint} = notAws('', call)
  return failed(
    'NOT_AWS',
    `${nameOf(call)} was not sent: what answers there does not prove to be AWS (${message}).`,
    {
      hint: `${hint} When it is a proxy that you trust, name the file with its certificate in AWS_CA_BUNDLE; when the certificate is too old or too new, check this machine's clock.`,
      cause,
    },
  )
}
