import {createHash, randomUUID} from 'node:crypto'
import type {JWTPayload} from 'jose'
import type {BrokenLink} from '../../../../faults/broken-links.js'
import type {Client, Realm, Role, User} from './data.js'
import {sealed, signed} from './keys.js'
import {secondsOf, type UserSession} from './sessions.js'

/** Whom tokens are for. */
export interface Bearer {
  realm: Realm
  client: Client
  user: User
  /** Absent for a machine, which has none. */
  session?: UserSession
  /** As `scopeFor` has decided it. */
  scope: string
  /** Of the realm, as the token names it. */
  issuer: string
  now: number
  nonce?: string
  /** Epoch ms of the login with a browser; absent where there was no browser. */
  loggedInAt?: number
  /** As `Visit` has it. */
  expiryNow: number
  /** Whether a fault breaks a link here. */
  breaks(link: BrokenLink): boolean
  /** What the client's address is said to be. */
  clientAddress: string
}

/** What the token endpoint answers. Source: answers of Keycloak 23.0.7 to each grant. */
export async function tokensFor(bearer: Bearer): Promise<Record<string, unknown>> {
  const {realm, session, scope, now} = bearer
  const access = accessClaims(bearer)
  const accessToken = await signed(realm, access)
  const wantsId = scope.split(' ').includes('openid')
  const idToken = wantsId ? await signed(realm, idClaims(bearer, accessToken)) : undefined
  const refresh = session && refreshClaims(bearer, session)
  return {
    access_token: accessToken,
    expires_in: Number(access.exp) - seconds(now),
    refresh_expires_in: refresh ? Number(refresh.exp) - seconds(now) : 0,
    ...(refresh && {refresh_token: await sealed(realm, refresh)}),
    token_type: 'Bearer',
    ...(idToken && {id_token: idToken}),
    'not-before-policy': Number(realm.settings.notBefore ?? 0),
    ...(session && {session_state: session.id}),
    scope,
  }
}

function accessClaims(bearer: Bearer): JWTPayload {
  const {realm, client, user, scope, now} = bearer
  const scopes = effectiveScopes(client, scope)
  const roles = scopes.includes('roles') && client.fullScopeAllowed !== false ? rolesOf(realm, user) : []
  const realmRoles = roles.filter(({clientId}) => clientId === undefined)
  const audiences = [...mapped(bearer, 'audience'), ...new Set(roles.flatMap(({clientId}) => clientId ?? []))]
  return {
    exp: expiryOf(bearer),
    iat: seconds(now),
    ...authTime(bearer),
    jti: randomUUID(),
    iss: bearer.issuer,
    ...(audiences.length > 0 &&
      !bearer.breaks('no-aud') && {aud: audiences.length === 1 ? audiences[0] : audiences}),
    sub: user.id,
    typ: 'Bearer',
    azp: client.clientId,
    ...sessionClaims(bearer),
    ...(scopes.includes('acr') && {acr: levelOf(bearer)}),
    ...(scopes.includes('web-origins') &&
      client.webOrigins.length > 0 && {'allowed-origins': originsOf(client)}),
    ...(realmRoles.length > 0 && {realm_access: {roles: realmRoles.map(({name}) => name)}}),
    ...resourceAccess(roles),
    scope,
    ...(bearer.session && {sid: bearer.session.id}),
    ...machineClaims(bearer),
    ...personClaims(bearer, 'access.token.claim'),
  }
}

function idClaims(bearer: Bearer, accessToken: string): JWTPayload {
  const {client, user, now, nonce, session} = bearer
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16)
  return {
    exp: expiryOf(bearer),
    iat: seconds(now),
    auth_time: bearer.loggedInAt === undefined ? 0 : seconds(bearer.loggedInAt),
    jti: randomUUID(),
    iss: bearer.issuer,
    aud: client.clientId,
    sub: user.id,
    typ: 'ID',
    azp: client.clientId,
    ...(nonce !== undefined && {nonce}),
    ...sessionClaims(bearer),
    at_hash: half.toString('base64url'),
    acr: levelOf(bearer),
    ...(session && {sid: session.id}),
    ...machineClaims(bearer),
    ...personClaims(bearer, 'id.token.claim'),
  }
}

/** A login that a browser's cookie made unnecessary counts for nothing. */
function levelOf({session}: Bearer): string {
  return session?.isSilent ? '0' : '1'
}

function machineClaims({session, client, clientAddress}: Bearer): JWTPayload {
  return session ? {} : {clientHost: clientAddress, clientAddress, client_id: client.clientId}
}

function refreshClaims(bearer: Bearer, session: UserSession): JWTPayload {
  const {realm, client, user, scope, now, issuer} = bearer
  const idle = now + secondsOf(realm, 'ssoSessionIdleTimeout') * 1000
  return {
    exp: seconds(Math.min(idle, lastMoment(realm, session))),
    iat: seconds(now),
    jti: randomUUID(),
    iss: issuer,
    aud: issuer,
    sub: user.id,
    typ: 'Refresh',
    azp: client.clientId,
    ...(bearer.nonce !== undefined && {nonce: bearer.nonce}),
    ...sessionClaims(bearer),
    scope,
    sid: session.id,
  }
}

/** What is told of a user under the scopes of a token, by the mappers that say so for this kind of token. */
export function personClaims(
  bearer: Pick<Bearer, 'realm' | 'client' | 'user' | 'scope' | 'breaks'>,
  kind: 'access.token.claim' | 'id.token.claim' | 'userinfo.token.claim',
): Record<string, unknown> {
  const {realm, client, user, scope} = bearer
  const scopes = effectiveScopes(client, scope)
  const {firstName, lastName, email} = user
  const name = [firstName, lastName].filter(Boolean).join(' ')
  const groups = bearer.breaks('no-groups') ? {} : groupsClaim(realm, client, user, kind)
  return {
    ...(scopes.includes('email') && {email_verified: user.emailVerified}),
    ...(scopes.includes('profile') && name && {name}),
    ...groups,
    ...(scopes.includes('profile') && {preferred_username: user.username}),
    ...(scopes.includes('profile') && firstName && {given_name: firstName}),
    ...(scopes.includes('profile') && lastName && {family_name: lastName}),
    ...(scopes.includes('email') && email && {email}),
    ...hardcodedClaims(client, kind),
  }
}

/** A user without groups has no such claim. */
function groupsClaim(realm: Realm, client: Client, user: User, kind: string): Record<string, unknown> {
  const claims: Record<string, unknown> = {}
  for (const {protocolMapper, config} of client.protocolMappers) {
    const claim = config['claim.name']
    if (protocolMapper !== 'oidc-group-membership-mapper' || config[kind] !== 'true' || !claim) continue
    const names = realm.groups.filter(({id}) => user.groups.includes(id)).map(({name}) => name)
    const slash = config['full.path'] === 'true' ? '/' : ''
    if (names.length > 0) claims[claim] = names.map(name => `${slash}${name}`)
  }
  return claims
}

function hardcodedClaims(client: Client, kind: string): Record<string, unknown> {
  return Object.fromEntries(
    client.protocolMappers
      .filter(
        ({protocolMapper, config}) =>
          protocolMapper === 'oidc-hardcoded-claim-mapper' && config[kind] === 'true',
      )
      .map(({config}) => [config['claim.name'] ?? '', config['claim.value'] ?? '']),
  )
}

function mapped({client}: Bearer, what: 'audience'): string[] {
  return client.protocolMappers.flatMap(({protocolMapper, config}) => {
    if (protocolMapper !== `oidc-${what}-mapper` || config['access.token.claim'] !== 'true') return []
    return config['included.client.audience'] || config['included.custom.audience'] || []
  })
}

/** Every role that a user has, those that another one brings along included. */
function rolesOf(realm: Realm, user: User): Role[] {
  const found = new Set<Role>()
  const add = (role: Role | undefined) => {
    if (!role || found.has(role)) return
    found.add(role)
    for (const {clientId, name} of role.composites) {
      add(realm.roles.find(other => other.clientId === clientId && other.name === name))
    }
  }
  for (const id of user.realmRoles) add(realm.roles.find(role => role.id === id))
  return [...found].sort((left, right) => (left.name < right.name ? -1 : 1))
}

function resourceAccess(roles: readonly Role[]): Record<string, unknown> {
  const access: Record<string, {roles: string[]}> = {}
  for (const {clientId, name} of roles) {
    if (clientId === undefined) continue
    access[clientId] ??= {roles: []}
    access[clientId].roles.push(name)
  }
  return Object.keys(access).length > 0 ? {resource_access: access} : {}
}

function originsOf({webOrigins, redirectUris}: Client): string[] {
  const own = redirectUris.flatMap(uri => (URL.canParse(uri) ? new URL(uri).origin : []))
  return [...new Set(webOrigins.flatMap(origin => (origin === '+' ? own : origin)))]
}

function sessionClaims({session}: Bearer): Record<string, unknown> {
  return session ? {session_state: session.id} : {}
}

function authTime({loggedInAt}: Bearer): Record<string, unknown> {
  return loggedInAt === undefined ? {} : {auth_time: seconds(loggedInAt)}
}

/** A token never outlives its session. */
function expiryOf({realm, client, session, now, expiryNow, breaks}: Bearer): number {
  if (breaks('expired-token')) return seconds(expiryNow) - 1
  const own = Number(client.attributes['access.token.lifespan'] ?? Number.NaN)
  const lifespan = own > 0 ? own : secondsOf(realm, 'accessTokenLifespan')
  const wanted = now + lifespan * 1000
  return seconds(session ? Math.min(wanted, lastMoment(realm, session)) : wanted)
}

function lastMoment(realm: Realm, session: UserSession): number {
  return session.startedAt + secondsOf(realm, 'ssoSessionMaxLifespan') * 1000
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

/** The scopes that apply: those of the client by default, whether they are named in the token or not, and what was asked for. */
function effectiveScopes(client: Client, scope: string): string[] {
  return [...new Set([...client.defaultClientScopes, ...scope.split(' ')])]
}

/**
 * What a token's `scope` says for what was asked for; undefined when it asks for what the client does not have.
 * Scopes by default come first, in the order of their making.
 */
export function scopeFor(realm: Realm, client: Client, asked: string | undefined): string | undefined {
  const wanted = (asked ?? '').split(' ').filter(Boolean)
  const known = [...client.defaultClientScopes, ...client.optionalClientScopes, 'openid']
  if (wanted.some(scope => !known.includes(scope))) return undefined
  const named = realm.clientScopes
    .filter(({name}) => client.defaultClientScopes.includes(name) || wanted.includes(name))
    .filter(({attributes}) => attributes['include.in.token.scope'] !== 'false')
    .map(({name}) => name)
  return [...(wanted.includes('openid') ? ['openid'] : []), ...named].join(' ')
}
