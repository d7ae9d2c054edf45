import type {Party, Reply} from './party.js'

/** What of an answer must be the same: everything but what is drawn by lot, and the hour. */
export type Normal = unknown

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const token = /ey[\w-]{10,}\.[\w-]+\.[\w-]*/g
/** Keys, hashes, codes: long, and of no meaning to people. */
const opaque = /(?<![\w.-])[\w-]{40,}(?![\w.-])/g
const wholly = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w+/=-]{22,}$/
/** As Keycloak draws a client's secret. */
const drawnSecret = /^[A-Za-z0-9]{32}$/
/** Seconds of this century or milliseconds of it. */
const earliest = 1_500_000_000

/** Compared of the headers, where a party has them. */
const headerNames = ['content-type', 'location', 'www-authenticate'] as const

export function normalised(seen: unknown, party: Party): Normal {
  return isReply(seen) ? replyOf(seen, party) : value(seen, party)
}

function isReply(seen: unknown): seen is Reply {
  return typeof seen === 'object' && seen !== null && 'headers' in seen && 'text' in seen
}

function replyOf({status, headers, text, json}: Reply, party: Party): Normal {
  const named = headerNames.flatMap(name => {
    const header = headers.get(name)
    return header === null
      ? []
      : [[name, words(name === 'content-type' ? contentType(header) : header, party)]]
  })
  // The real one takes away many that were never set.
  const cookies = headers
    .getSetCookie()
    .filter(cookie => !/Max-Age=0/i.test(cookie))
    .map(cookieKind)
    .sort()
  return {
    status,
    ...Object.fromEntries(named),
    ...(cookies.length > 0 && {cookies}),
    body: json === undefined ? (/<html/i.test(text) ? '<a page>' : words(text, party)) : value(json, party),
  }
}

/** Without the characters' encoding, which is UTF-8 in each. */
function contentType(header: string): string {
  return header.toLowerCase().replace(/\s*;.*/, '')
}

/** Name and attributes of a cookie; not its value, nor until when it lives. */
function cookieKind(cookie: string): string {
  const [pair = '', ...attributes] = cookie.split(';').map(part => part.trim())
  const kept = attributes.filter(attribute => !/^(Expires|Comment|Version|Max-Age)\b/i.test(attribute))
  return [pair.split('=')[0], ...kept.sort()].join('; ')
}

function value(seen: unknown, party: Party): unknown {
  if (Array.isArray(seen)) {
    const items = seen.map(item => value(item, party))
    // Neither party promises an order.
    return items
      .map(item => JSON.stringify(item))
      .sort()
      .map(item => JSON.parse(item))
  }
  if (typeof seen === 'object' && seen !== null) {
    return Object.fromEntries(
      Object.entries(seen).map(([name, member]) => [
        name,
        // A hash of a token, whose letters are all small now and then, and a secret that has no digit now and then.
        name === 'at_hash' || (name === 'secret' && drawnSecret.test(String(member)))
          ? '<opaque>'
          : // The second may change between the making of a token and that of the answer.
            typeof member === 'number' && name.endsWith('expires_in')
            ? Math.ceil(member / 10) * 10
            : value(member, party),
      ]),
    )
  }
  if (typeof seen === 'number' && seen > earliest) return seen > earliest * 1000 ? '<ms>' : '<s>'
  return typeof seen === 'string' ? words(seen, party) : seen
}

function words(text: string, {publicUrl, balancerUrl}: Party): string {
  if (wholly.test(text)) return '<opaque>'
  return scopesInOrder(
    withHost(withHost(text, balancerUrl, 'balancer'), publicUrl, 'keycloak')
      .replace(uuid, '<id>')
      .replace(token, '<token>')
      .replace(opaque, '<opaque>')
      .replace(/^\d{10}$/, '<s>')
      .replace(/^\d+\.\d+\.\d+\.\d+$/, '<address>')
      // Then it names every member that it knows, in no order.
      .replace(/ \(\d+ known properties: .*/s, ''),
  )
}

/** Addresses under a host name, whatever their scheme; also as parts of a query. */
function withHost(text: string, url: string, name: string): string {
  return text.replaceAll(new URL(url).host, name)
}

/** A list of scopes has no order. */
function scopesInOrder(text: string): string {
  const scopes = text.split(' ')
  return scopes.length > 1 && scopes.every(scope => ['openid', 'profile', 'email'].includes(scope))
    ? scopes.sort().join(' ')
    : text
}
