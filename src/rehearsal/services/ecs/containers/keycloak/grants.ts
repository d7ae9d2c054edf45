import {createHash} from 'node:crypto'
import type {AppAnswer} from '../../../../resources/http-messages.js'
import {oauthRefusal, reply} from './answers.js'
import {authenticatedClient} from './clients.js'
import {cookie} from './cookies.js'
import type {Client, User} from './data.js'
import {unsealed} from './keys.js'
import {hasPassword} from './password.js'
import {beginSession, type Code, liveSession, secondsOf, sessionsOf, type UserSession} from './sessions.js'
import {scopeFor, tokensFor} from './tokens.js'
import {breaks, clientAddressOf, formOf, issuerOf, personNamed, type RealmVisit} from './visit.js'

/** POST …/token. Source: answers of Keycloak 23.0.7 to each grant and each mistake. */
export async function token(visit: RealmVisit): Promise<AppAnswer> {
  const form = formOf(visit)
  const grant = form.get('grant_type')
  if (visit.realm.settings.enabled === false) throw oauthRefusal(403, 'access_denied', 'Realm not enabled')
  if (!grant) throw oauthRefusal(400, 'invalid_request', 'Missing form parameter: grant_type')
  const answer = Object.hasOwn(grants, grant) ? grants[grant] : undefined
  // Which client it is comes first, but for the grant itself.
  const client = authenticatedClient(visit, form)
  if (!answer) throw oauthRefusal(400, 'unsupported_grant_type', 'Unsupported grant_type')
  const cookies = endedLogin[grant]?.map(name => cookie(visit, name, ''))
  return reply(200, await answer(visit, client, form), {
    ...{'cache-control': 'no-store', pragma: 'no-cache'},
    ...(cookies && {'set-cookie': cookies}),
  })
}

/** Cookies of a login with a browser that these grants take away: they are logins, too. */
const endedLogin: Readonly<Record<string, readonly string[]>> = {
  password: ['KEYCLOAK_LOCALE', 'KC_RESTART', 'KC_AUTH_STATE'],
  client_credentials: ['KC_RESTART', 'KC_AUTH_STATE'],
}

type Grant = (visit: RealmVisit, client: Client, form: URLSearchParams) => Promise<Record<string, unknown>>

const grants: Readonly<Record<string, Grant>> = {
  password,
  client_credentials: clientCredentials,
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
}

async function password(visit: RealmVisit, client: Client, form: URLSearchParams) {
  if (!client.directAccessGrantsEnabled) {
    throw oauthRefusal(400, 'unauthorized_client', 'Client not allowed for direct access grants')
  }
  const scope = scopeOf(visit, client, form)
  const name = form.get('username')
  if (!name) throw oauthRefusal(401, 'invalid_request', 'Missing parameter: username')
  const user = personNamed(visit, name)
  if (user && !user.enabled) throw oauthRefusal(400, 'invalid_grant', 'Account disabled')
  if (!user || !hasPassword(user, form.get('password') ?? '')) {
    throw oauthRefusal(401, 'invalid_grant', 'Invalid user credentials')
  }
  if (user.requiredActions.length > 0) {
    throw oauthRefusal(400, 'invalid_grant', 'Account is not fully set up')
  }
  const session = beginSession(visit.container.task, visit.realm, user.id, visit.now)
  return tokensOf(visit, {client, user, session, scope})
}

async function clientCredentials(visit: RealmVisit, client: Client, form: URLSearchParams) {
  if (client.publicClient) {
    throw oauthRefusal(401, 'unauthorized_client', 'Public client not allowed to retrieve service account')
  }
  const user = visit.realm.users.find(({serviceAccountClientLink}) => serviceAccountClientLink === client.id)
  if (!client.serviceAccountsEnabled || !user) {
    throw oauthRefusal(401, 'unauthorized_client', 'Client not enabled to retrieve service account')
  }
  return tokensOf(visit, {client, user, scope: scopeOf(visit, client, form)})
}

async function authorizationCode(visit: RealmVisit, client: Client, form: URLSearchParams) {
  const {task} = visit.container
  const given = form.get('code')
  if (!given) throw oauthRefusal(400, 'invalid_request', 'Missing parameter: code')
  const sessions = sessionsOf(task)
  const code = sessions.codes.find(each => each.code === given)
  // A code is good once, whatever comes of it.
  sessions.codes = sessions.codes.filter(each => each !== code)
  if (!code) throw oauthRefusal(400, 'invalid_grant', 'Code not valid')
  if (visit.expiryNow > code.madeAt + secondsOf(visit.realm, 'accessCodeLifespan') * 1000) {
    throw oauthRefusal(400, 'invalid_grant', 'Code is expired')
  }
  if (code.redirectUri !== form.get('redirect_uri')) {
    throw oauthRefusal(400, 'invalid_grant', 'Incorrect redirect_uri')
  }
  if (code.clientId !== client.clientId) throw oauthRefusal(400, 'invalid_grant', 'Auth error')
  checkChallenge(code, form.get('code_verifier'))
  const session = liveSession(visit, code.sessionId)
  const user = session && visit.realm.users.find(({id}) => id === session.userId)
  if (!session || !user) throw oauthRefusal(400, 'invalid_grant', 'User session not found')
  const {scope, nonce} = code
  return tokensOf(visit, {client, user, session, scope, nonce, loggedInAt: session.startedAt})
}

function checkChallenge({challenge}: Code, verifier: string | null): void {
  if (!challenge) return
  if (!verifier) throw oauthRefusal(400, 'invalid_grant', 'PKCE code verifier not specified')
  const made =
    challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier
  if (made !== challenge.value) throw oauthRefusal(400, 'invalid_grant', 'PKCE verification failed')
}

async function refreshToken(visit: RealmVisit, client: Client, form: URLSearchParams) {
  const given = form.get('refresh_token')
  if (!given) throw oauthRefusal(400, 'invalid_request', 'No refresh token')
  const claims = await unsealed(visit.realm, given, visit.expiryNow)
  if (claims?.typ !== 'Refresh') throw oauthRefusal(400, 'invalid_grant', 'Invalid refresh token')
  if (claims.azp !== client.clientId) {
    throw oauthRefusal(
      400,
      'invalid_grant',
      "Invalid refresh token. Token client and authorized client don't match",
    )
  }
  const session = liveSession(visit, claims.sid)
  if (!session) throw oauthRefusal(400, 'invalid_grant', 'Session not active')
  const user = visit.realm.users.find(({id}) => id === session.userId)
  if (!user?.enabled) throw oauthRefusal(400, 'invalid_grant', user ? 'User disabled' : 'Unknown user')
  const scope = String(claims.scope)
  const nonce = typeof claims.nonce === 'string' ? claims.nonce : undefined
  return tokensOf(visit, {client, user, session, scope, nonce})
}

function scopeOf(visit: RealmVisit, client: Client, form: URLSearchParams): string {
  const asked = form.get('scope') ?? undefined
  const scope = scopeFor(visit.realm, client, asked)
  if (scope === undefined) throw oauthRefusal(400, 'invalid_scope', `Invalid scopes: ${asked}`)
  return scope
}

function tokensOf(
  visit: RealmVisit,
  whom: {
    client: Client
    user: User
    session?: UserSession
    scope: string
    nonce?: string
    loggedInAt?: number
  },
) {
  const {realm, now, expiryNow} = visit
  return tokensFor({
    ...{realm, now, expiryNow, issuer: issuerOf(visit), clientAddress: clientAddressOf(visit)},
    breaks: link => breaks(visit, link),
    ...whom,
  })
}
