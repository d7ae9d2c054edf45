import {randomBytes, randomUUID} from 'node:crypto'
import type {AppAnswer} from '../../../../resources/http-messages.js'
import {cookiesOf} from '../cookies.js'
import {errorPage, lacking, neverStored, Refused} from './answers.js'
import {allowsRedirect} from './clients.js'
import {cookie, identityCookie, loginCookie, withLegacy} from './cookies.js'
import {type Client, clientNamed} from './data.js'
import {sealed, unsealed} from './keys.js'
import {loginPage, nameOf} from './login-page.js'
import {hasPassword} from './password.js'
import {
  beginSession,
  type Code,
  type Login,
  liveSession,
  remember,
  secondsOf,
  sessionsOf,
  type UserSession,
} from './sessions.js'
import {scopeFor} from './tokens.js'
import {breaks, formOf, issuerOf, personNamed, type RealmVisit} from './visit.js'

/** What a client asks for, at the beginning of a login. */
type Asked = Pick<Code, 'clientId' | 'redirectUri' | 'scope' | 'nonce' | 'challenge'> & {state?: string}

const noCookie = 'Cookie not found. Please make sure cookies are enabled in your browser.'

/**
 * GET …/auth: the form for a name and a password, or at once the redirect back for a browser that is logged in.
 * Source: OpenID Connect Core 1.0, "Authentication Request"; answers of Keycloak 23.0.7.
 */
export async function authenticationRequest(visit: RealmVisit): Promise<AppAnswer> {
  const {container, realm, query, now} = visit
  if (realm.settings.enabled === false) throw sorry(visit, 'Realm not enabled')
  const asked = askedBy(visit)
  if (asked instanceof Refused) throw asked
  const session = await sessionOfBrowser(visit)
  const prompt = query.get('prompt')
  if (session && prompt !== 'login') {
    session.isSilent = true
    return redirectBack(visit, asked, session, [
      ...withLegacy(visit, loginCookie, session.id),
      cookie(visit, 'KC_RESTART', randomText()),
      ...(await sessionCookies(visit, session)),
    ])
  }
  if (prompt === 'none') {
    const back = backWithError(visit, asked, 'login_required')
    const cookies = [
      ...withLegacy(visit, loginCookie, randomUUID()),
      cookie(visit, 'KC_RESTART', ''),
      cookie(visit, 'KC_AUTH_STATE', ''),
    ]
    return {...back, headers: {...back.headers, ...neverStored, 'set-cookie': cookies}}
  }
  const login: Login = remember(sessionsOf(container.task).logins, {
    id: randomUUID(),
    realm: realm.realm,
    formCode: randomText(),
    tab: randomText(8),
    startedAt: now,
    ...asked,
  })
  const cookies = [...withLegacy(visit, loginCookie, login.id), cookie(visit, 'KC_RESTART', randomText())]
  return loginPage(visit, login, {cookies})
}

/** POST …/login-actions/authenticate: the form, filled in. */
export async function loginAction(visit: RealmVisit): Promise<AppAnswer> {
  const {query, realm, now, container} = visit
  if (breaks(visit, 'login-form')) {
    return errorPage(500, nameOf(visit), 'An internal server error has occurred')
  }
  const login = loginOfBrowser(visit)
  if (!login) throw sorry(visit, noCookie, neverStored)
  if (query.get('session_code') !== login.formCode) {
    // A form that was sent already, or an older one: the browser is shown the latest.
    return {
      status: 302,
      headers: {
        location: `${issuerOf(visit)}/login-actions/authenticate?client_id=${encodeURIComponent(login.clientId)}&tab_id=${login.tab}`,
      },
      body: '',
    }
  }
  login.formCode = randomText()
  const form = formOf(visit)
  const username = form.get('username') ?? ''
  const user = personNamed(visit, username)
  const isRight = user !== undefined && hasPassword(user, form.get('password') ?? '')
  if (!isRight) return loginPage(visit, login, {username, error: 'Invalid username or password.'})
  if (!user.enabled) {
    return loginPage(visit, login, {username, error: 'Account is disabled, contact your administrator.'})
  }
  if (user.requiredActions.length > 0) throw lacking(`the page for ${user.requiredActions.join(', ')}`)
  const sessions = sessionsOf(container.task)
  sessions.logins = sessions.logins.filter(other => other !== login)
  const session = beginSession(container.task, realm, user.id, now, login.id)
  return redirectBack(visit, login, session, await sessionCookies(visit, session))
}

/** What a browser is given when it is logged in. */
async function sessionCookies(visit: RealmVisit, session: UserSession): Promise<string[]> {
  const {realm} = visit
  return [
    ...['KEYCLOAK_LOCALE', 'KC_RESTART', 'KC_AUTH_STATE'].map(name => cookie(visit, name, '')),
    ...withLegacy(visit, identityCookie, await identityOf(visit, session)),
    ...withLegacy(visit, 'KEYCLOAK_SESSION', `${realm.realm}/${session.userId}/${session.id}`),
    cookie(visit, 'KEYCLOAK_REMEMBER_ME', ''),
  ]
}

/** GET of the same: the form again. */
export function loginAgain(visit: RealmVisit): AppAnswer {
  const login = loginOfBrowser(visit)
  if (!login) throw sorry(visit, noCookie, neverStored)
  return loginPage(visit, login)
}

/** What a request asks for, or why it is told no. */
function askedBy(visit: RealmVisit): Asked | Refused {
  const {realm, query} = visit
  const client = clientNamed(realm, query.get('client_id') ?? undefined)
  if (!client?.enabled) return sorry(visit, 'Client not found.')
  const redirectUri = redirectOf(client, query.get('redirect_uri'))
  if (redirectUri === undefined) return sorry(visit, 'Invalid parameter: redirect_uri')
  const state = query.get('state') ?? undefined
  const asked = {clientId: client.clientId, redirectUri, state, scope: ''}
  const back = (error: string, words?: string) => new Refused(backWithError(visit, asked, error, words))
  const type = query.get('response_type')
  if (type === null) return back('invalid_request', 'Missing parameter: response_type')
  if (type !== 'code') {
    if (/^(none|(code|id_token|token)( (id_token|token))*)$/.test(type))
      throw lacking(`response type ${type}`)
    return back('unsupported_response_type')
  }
  if (!client.standardFlowEnabled) {
    return back(
      'unauthorized_client',
      'Client is not allowed to initiate browser login with given response_type. Standard flow is disabled for the client.',
    )
  }
  const scope = scopeFor(realm, client, query.get('scope') ?? undefined)
  if (scope === undefined) return back('invalid_scope', `Invalid scopes: ${query.get('scope')}`)
  const value = query.get('code_challenge') ?? undefined
  const method = query.get('code_challenge_method') ?? 'plain'
  if (value !== undefined && !['plain', 'S256'].includes(method)) {
    return back('invalid_request', 'Invalid parameter: invalid code_challenge_method')
  }
  if (value !== undefined && !/^[\w.~-]{43,128}$/.test(value)) {
    return back('invalid_request', 'Invalid parameter: code_challenge')
  }
  return {
    ...asked,
    scope,
    nonce: query.get('nonce') ?? undefined,
    ...(value !== undefined && {challenge: {method, value}}),
  }
}

/** A client that has one address only need not name it. */
function redirectOf(client: Client, given: string | null): string | undefined {
  const [first, ...others] = client.redirectUris
  if (given === null) return others.length === 0 && !first?.endsWith('*') ? first : undefined
  return allowsRedirect(client, given) ? given : undefined
}

/** With a code for the client. */
function redirectBack(visit: RealmVisit, asked: Asked, session: UserSession, cookies: string[]): AppAnswer {
  const {clientId, redirectUri, scope, nonce, challenge, state} = asked
  const client = clientNamed(visit.realm, clientId)
  const code = `${randomUUID()}.${session.id}.${client?.id ?? ''}`
  remember(sessionsOf(visit.container.task).codes, {
    ...{code, sessionId: session.id, clientId, redirectUri, scope, madeAt: visit.now},
    ...(nonce !== undefined && {nonce}),
    ...(challenge && {challenge}),
  })
  const answer = {...(state !== undefined && {state}), session_state: session.id, iss: issuerOf(visit), code}
  return {
    status: 302,
    headers: {...neverStored, location: withQuery(redirectUri, answer), 'set-cookie': cookies},
    body: '',
  }
}

function backWithError(
  visit: RealmVisit,
  {redirectUri, state}: Asked,
  error: string,
  words?: string,
): AppAnswer {
  const answer = {
    error,
    ...(words !== undefined && {error_description: words}),
    ...(state !== undefined && {state}),
    ...(error !== 'login_required' && {iss: issuerOf(visit)}),
  }
  return {status: 302, headers: {location: withQuery(redirectUri, answer)}, body: ''}
}

export function withQuery(url: string, members: Record<string, string>): string {
  const query = new URLSearchParams(members).toString()
  return query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`
}

function identityOf({realm, ...visit}: RealmVisit, session: UserSession): Promise<string> {
  const exp = Math.floor(session.startedAt / 1000) + secondsOf(realm, 'ssoSessionMaxLifespan')
  return sealed(realm, {
    exp,
    iat: Math.floor(visit.now / 1000),
    jti: randomUUID(),
    iss: issuerOf({...visit, realm}),
    sub: session.userId,
    typ: 'Serialized-ID',
    session_state: session.id,
    sid: session.id,
  })
}

/** The session that a browser's cookie speaks of, if it lives. */
export async function sessionOfBrowser(visit: RealmVisit): Promise<UserSession | undefined> {
  const cookies = cookiesOf(visit.request)
  const given = cookies.get(identityCookie) ?? cookies.get(`${identityCookie}_LEGACY`)
  if (given === undefined) return undefined
  const claims = await unsealed(visit.realm, given, visit.expiryNow)
  if (claims?.typ !== 'Serialized-ID') return undefined
  return liveSession(visit, claims.sid)
}

function loginOfBrowser(visit: RealmVisit): Login | undefined {
  const cookies = cookiesOf(visit.request)
  const id = cookies.get(loginCookie) ?? cookies.get(`${loginCookie}_LEGACY`)
  const login = sessionsOf(visit.container.task).logins.find(
    each => each.id === id && each.realm === visit.realm.realm && each.tab === visit.query.get('tab_id'),
  )
  const lifespan = secondsOf(visit.realm, 'accessCodeLifespanLogin') * 1000
  return login && visit.expiryNow <= login.startedAt + lifespan ? login : undefined
}

function sorry(visit: RealmVisit, words: string, headers: AppAnswer['headers'] = {}): Refused {
  return new Refused(errorPage(400, nameOf(visit), words, headers))
}

function randomText(bytes = 32): string {
  return randomBytes(bytes).toString('base64url')
}
