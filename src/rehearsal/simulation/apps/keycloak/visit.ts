import type {AppRequest, RunningContainer} from '../../app.js'
import {addressesFor} from './addresses.js'
import type {KeycloakData, Realm} from './data.js'

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
}

/** A request about one realm. */
export interface RealmVisit extends Visit {
  realm: Realm
}

export function visitOf(container: RunningContainer, request: AppRequest, data: KeycloakData): Visit {
  const mark = request.path.indexOf('?')
  const path = mark < 0 ? request.path : request.path.slice(0, mark)
  return {
    container,
    request,
    data,
    path: path.length > 1 ? path.replace(/\/+$/, '') : path,
    query: new URLSearchParams(mark < 0 ? '' : request.path.slice(mark + 1)),
    addresses: addressesFor(request, container.environment),
    now: container.world.now,
  }
}

/** The members of a form that was sent. */
export function formOf({request}: Pick<Visit, 'request'>): URLSearchParams {
  return new URLSearchParams(request.body ?? '')
}

/** The issuer of a realm's tokens. */
export function issuerOf({addresses, realm}: RealmVisit): string {
  return `${addresses.frontend}/realms/${encodeURIComponent(realm.realm)}`
}

export function cookiesOf({request}: Pick<Visit, 'request'>): Map<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').flatMap((part): [string, string][] => {
    const equals = part.indexOf('=')
    return equals < 0 ? [] : [[part.slice(0, equals).trim(), part.slice(equals + 1).trim()]]
  })
  return new Map(pairs)
}

/** Whoever comes through load balancers is the first of those that are named. */
export function clientAddressOf({request}: Pick<Visit, 'request'>): string {
  return request.headers['x-forwarded-for']?.split(',')[0]?.trim() || '127.0.0.1'
}
