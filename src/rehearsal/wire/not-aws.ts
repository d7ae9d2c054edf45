/** What keeps the account from being taken for AWS. */
import type {Headers, WireRequest, WireResponse} from './message.js'
import {isLoopback} from './plain.js'

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
