/**
 * Keeps web pages from using the account behind their reader's back: it listens on loopback, where every page that its
 * owner opens may send requests, and, under a name that is made to point here, read the answers too.
 *
 * What tells a page's request: browsers send `Sec-Fetch-Site` to loopback, `Origin` with whatever is more than a look
 * and with WebSockets, and the name that they were given as the host. A page that was typed in, a prefetch and a
 * prerender say `Sec-Fetch-Site: none`; therefore nothing that is not signed has an effect by GET or HEAD.
 * Sources: Fetch standard; Fetch Metadata Request Headers; and what Chromium does, which the conformance tests ask.
 */
import type {WireRequest, WireResponse} from './message.js'
import {type Hosts, isApi, isHosted, isLoopback, OWN_PATH} from './plain.js'

/** Sites from which a request may come: the address bar, and what is no browser at all. */
const ownSites = ['none', 'same-origin']

/** The refusal of a request that can only come from a web page, or that came here by a name of somebody else. */
export function refuseStranger(request: WireRequest, hosts: Hosts): WireResponse | undefined {
  const {headers, host} = request
  const unknown = namesOf(request).find(name => !isKnown(name, request, hosts))
  if (unknown !== undefined) {
    return refusal(421, `The embedded account does not answer under the name ${unknown}: use 127.0.0.1.`)
  }
  const {
    origin,
    referer,
    upgrade,
    'sec-fetch-site': site,
    'sec-purpose': purpose = headers.purpose ?? headers['x-moz'],
  } = headers
  const isWebSocket = /websocket/i.test(upgrade ?? '') || headers['sec-websocket-key'] !== undefined
  const isPages =
    origin !== undefined ||
    purpose !== undefined ||
    isWebSocket ||
    (site !== undefined && !ownSites.includes(site)) ||
    (referer !== undefined && !isOwnReferer(referer, host, hosts))
  return isPages ? refusal(403, 'Web pages may not use the embedded account.') : undefined
}

/** The host that counts, and the one in the header when a proxy's form of the request names another one. */
function namesOf({host, headers}: WireRequest): string[] {
  const named = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  return named === host ? [host] : [host, named]
}

function isKnown(name: string, {path}: WireRequest, hosts: Hosts): boolean {
  if (isLoopback(name)) return true
  if (path.startsWith(OWN_PATH)) return false
  return isApi(name) || isHosted(name, hosts)
}

/** Pages are only where the account hosts them: there a form may be sent from the page before it. */
function isOwnReferer(referer: string, host: string, hosts: Hosts): boolean {
  if (!isHosted(host, hosts)) return false
  try {
    return new URL(referer).hostname === host
  } catch {
    return false
  }
}

const refusal = (status: number, text: string): WireResponse => ({
  status,
  headers: {'content-type': 'text/plain; charset=utf-8'},
  body: `${text}\n`,
})
