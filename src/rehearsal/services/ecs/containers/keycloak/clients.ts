import {timingSafeEqual} from 'node:crypto'
import {oauthRefusal} from './answers.js'
import {type Client, clientNamed} from './data.js'
import type {RealmVisit} from './visit.js'

/**
 * The client that a request to the token endpoint comes from: by Basic authentication, or by `client_id` and
 * `client_secret` in its form. @throws Refused
 */
export function authenticatedClient({realm, request}: RealmVisit, form: URLSearchParams): Client {
  const basic = basicOf(request.headers.authorization)
  const clientId = basic?.[0] ?? form.get('client_id') ?? undefined
  const client = clientNamed(realm, clientId)
  if (!client?.enabled) {
    throw oauthRefusal(401, 'invalid_client', 'Invalid client or Invalid client credentials')
  }
  if (client.publicClient) return client
  const secret = basic?.[1] ?? form.get('client_secret') ?? ''
  if (!equal(secret, client.secret ?? '')) {
    throw oauthRefusal(401, 'unauthorized_client', 'Invalid client or Invalid client credentials')
  }
  return client
}

function basicOf(header: string | undefined): [name: string, secret: string] | undefined {
  const encoded = /^Basic (\S+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [name = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return [decoded(name), decoded(rest.join(':'))]
}

/** Source: RFC 6749, "Client Password": both parts are encoded like a form. */
function decoded(part: string): string {
  return new URLSearchParams(`x=${part}`).get('x') ?? part
}

function equal(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)]
  return wanted !== '' && left.length === right.length && timingSafeEqual(left, right)
}

/** Whether a client may be sent to an address: one of its own, or one that begins as one of them that ends in `*`. */
export function allowsRedirect({redirectUris}: Client, uri: string): boolean {
  return redirectUris.some(allowed =>
    allowed.endsWith('*') ? uri.startsWith(allowed.slice(0, -1)) : uri === allowed,
  )
}
