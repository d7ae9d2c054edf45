import type {AppRequest} from '../../../resources/http-messages.js'
import {isBroken} from './broken-links.js'
import type {RunningContainer} from './container-app.js'
import {cookiesOf} from './cookies.js'
import {expiryTime} from './expiry.js'
import {scopesOfGroups} from './scopes.js'
import {signedCookie, valueOfCookie} from './signed-cookie.js'

export const sessionCookie = 'mcp_gateway_session'

/** A session lives for eight hours. Source: auth_server/server.py of v1.0.7. */
const sessionSeconds = 28_800

/** Who is logged in to the registry, as the session cookie says. */
export interface Session {
  username: string
  groups: string[]
  provider: string
  auth_method: string
}

/** The session that a request's cookie speaks of; undefined without one, and for one that another key has signed. */
export function sessionIn(request: AppRequest, {environment, world}: RunningContainer): Session | undefined {
  const given = cookiesOf(request).get(sessionCookie)
  if (given === undefined) return undefined
  const value = valueOfCookie(environment.SECRET_KEY ?? '', given, {
    now: expiryTime(world),
    maxAgeSeconds: sessionSeconds,
  })
  if (!value || typeof value.username !== 'string') return undefined
  const groups = Array.isArray(value.groups) ? value.groups.map(String) : []
  const {provider = 'local', auth_method = 'traditional'} = value
  return {username: value.username, groups, provider: String(provider), auth_method: String(auth_method)}
}

/** `Set-Cookie` for a session. Behind the load balancers it has no `Secure`: nginx reports its own scheme. */
export function sessionSetCookie({environment, world}: RunningContainer, session: object): string {
  const value = signedCookie(environment.SECRET_KEY ?? '', session, world.now)
  return `${sessionCookie}=${value}; HttpOnly; Max-Age=${sessionSeconds}; Path=/; SameSite=lax`
}

/** The scopes of somebody in these groups, by the scopes.yml that the container reads. */
export function scopesOf(container: RunningContainer, groups: readonly string[]): string[] {
  return isBroken(container, 'no-scopes') ? [] : scopesOfGroups(groups)
}
