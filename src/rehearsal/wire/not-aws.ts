/** What keeps the account from being taken for AWS, and web pages from using it behind their reader's back. */
import type {Headers, WireRequest, WireResponse} from './message.js'
import {isLoopback, isPlain, OWN_PATH} from './plain.js'
import {bucketOfHost} from './s3-address.js'

/** On every response; a hosted site that names a server of its own keeps that name. */
export const notAwsHeaders: Headers = {
  server: 'mcpgw-embedded-account',
  'x-mcpgw-not-aws': 'This is not AWS. It is the embedded account of mcpgw on this machine.',
}

const text = (status: number, body: string): WireResponse => ({
  status,
  headers: {'content-type': 'text/plain; charset=utf-8'},
  body: `${body}\n`,
})

/** Who looks at the address with a browser or curl is told what it is. */
export function welcome({method, host, path, search, headers}: WireRequest): WireResponse | undefined {
  const isLook = (method === 'GET' || method === 'HEAD') && path === '/' && search === ''
  if (!isLook || !isLoopback(host) || headers['x-amz-target'] !== undefined) return undefined
  return text(
    200,
    'THIS IS NOT AWS. It is the embedded account of mcpgw, on this machine only.\nPoint an AWS client at this address: AWS_ENDPOINT_URL.',
  )
}

const awsHost = /(?:^|\.)amazonaws\.com(?:\.cn)?$/

/**
 * Refuses what can only come from a web page: the account listens on loopback, where every page that its owner opens
 * may send requests, and, under a name that is made to point here, read the answers too.
 */
export function refuseStranger(request: WireRequest, signed: boolean): WireResponse | undefined {
  const {host, path, headers} = request
  const isOwn = path.startsWith(OWN_PATH)
  if (!isOwn && isPlain(request, signed)) return undefined
  if (headers.origin !== undefined) return text(403, 'Web pages may not use the embedded account.')
  const isKnown = isLoopback(host) || (!isOwn && (awsHost.test(host) || bucketOfHost(host) !== undefined))
  return isKnown
    ? undefined
    : text(421, `The embedded account does not answer under the name ${host}: use 127.0.0.1 or localhost.`)
}
