import type {BrokenLink} from '../../../../faults/broken-links.js'
import type {AppRequest} from '../../../../resources/http-messages.js'
import {isBroken} from '../broken-links.js'
import type {RunningContainer} from '../container-app.js'
import {expiryTime} from '../expiry.js'
import {addressesFor} from './addresses.js'
import {type KeycloakData, type Realm, type User, userNamed} from './data.js'

/** A request to a Keycloak, and what it needs to be answered. */
export interface Visit {
  container: RunningContainer
  request: AppRequest
  data: KeycloakData
  /** Without query, a slash at its end cut off. */
  path: string
  query: URLSearchParams
  addresses: ReturnType<typeof addressesFor>
  /** Epoch milliseconds of the account. */
  now: number
  /** By which it is judged whether something has expired. */
  expiryNow: number
}

/** A request about one realm. */
export interface RealmVisit extends Visit {
  realm: Realm
}

export function visitOf(container: RunningContainer, request: AppRequest, data: KeycloakData): Visit {
  const mark = request.path.indexOf('?')
  const addresses = addressesFor(request, container.environment)
  const path = mark < 0 ? request.path : request.path.slice(0, mark)
  return {
    container,
    request,
    data,
    path: path.length > 1 ? path.replace(/\/+$/, '') : path,
    query: new URLSearchParams(mark < 0 ? '' : request.path.slice(mark + 1)),
    addresses: isBroken(container, 'http-issuer') ? withoutTls(addresses) : addresses,
    now: container.world.now,
    expiryNow: expiryTime(container.world),
  }
}

/** As without KC_HOSTNAME_STRICT_HTTPS, behind a load balancer that says http. */
function withoutTls(addresses: Visit['addresses']): Visit['addresses'] {
  const plain = (url: string) => url.replace(/^https:/, 'http:')
  return {...addresses, frontend: plain(addresses.frontend), backend: plain(addresses.backend)}
}

/** Whether a fault breaks a link here; realm master is spared, so that administrators can continue. */
export function breaks(
  {container, realm}: Pick<RealmVisit, 'container' | 'realm'>,
  link: BrokenLink,
): boolean {
  return realm.realm !== 'master' && isBroken(container, link)
}

/** A person by the name that was given at a login. */
export function personNamed(visit: RealmVisit, name: string): User | undefined {
  const user = breaks(visit, 'no-user') ? undefined : userNamed(visit.realm, name)
  return user && breaks(visit, 'user-disabled') ? {...user, enabled: false} : user
}

/** The members of a form that was sent. */
export function formOf({request}: Pick<Visit, 'request'>): URLSearchParams {
  return new URLSearchParams(request.body ?? '')
}

/** The issuer of a realm's tokens. */
export function issuerOf({addresses, realm}: RealmVisit): string {
  return `${addresses.frontend}/realms/${encodeURIComponent(realm.realm)}`
}

/** Whoever comes through load balancers is the first of those that are named. */
export function clientAddressOf({request}: Pick<Visit, 'request'>): string {
  return request.headers['x-forwarded-for']?.split(',')[0]?.trim() || '127.0.0.1'
}
