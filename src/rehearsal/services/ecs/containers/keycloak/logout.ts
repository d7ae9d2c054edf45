import type {AppAnswer} from '../../../../resources/http-messages.js'
import {errorPage, oauthRefusal, page, reply} from './answers.js'
import {allowsRedirect, authenticatedClient} from './clients.js'
import {cookie, identityCookie, withLegacy} from './cookies.js'
import {type Client, clientNamed} from './data.js'
import {unsealed, verified} from './keys.js'
import {sessionOfBrowser, withQuery} from './login.js'
import {nameOf} from './login-page.js'
import {endSession} from './sessions.js'
import {formOf, type RealmVisit} from './visit.js'

/**
 * GET …/logout: ends the session of an id token, and of the browser, and sends on to where the client wants.
 * Source: OpenID Connect RP-Initiated Logout 1.0; answers of Keycloak 23.0.7.
 */
export async function logout(visit: RealmVisit): Promise<AppAnswer> {
  const {query, realm, container} = visit
  const hint = query.get('id_token_hint')
  const claims = hint === null ? undefined : await verified(realm, hint, visit.expiryNow)
  if (hint !== null && !claims) return errorPage(400, nameOf(visit), 'Invalid parameter: id_token_hint')
  const client = clientNamed(realm, query.get('client_id') ?? String(claims?.azp ?? ''))
  const target = query.get('post_logout_redirect_uri')
  if (target !== null && !(client && allowsLogout(client, target))) {
    return errorPage(400, nameOf(visit), 'Invalid redirect uri')
  }
  const session = await sessionOfBrowser(visit)
  if (!claims && session) return question(visit)
  if (claims?.sid !== undefined) endSession(container.task, String(claims.sid))
  if (target === null)
    return claims ? page(200, `Sign in to ${nameOf(visit)}`, '<p>You are logged out</p>') : question(visit)
  const cookies = [
    ...withLegacy(visit, identityCookie, ''),
    ...withLegacy(visit, 'KEYCLOAK_SESSION', ''),
    cookie(visit, 'KEYCLOAK_REMEMBER_ME', ''),
  ]
  const state = query.get('state')
  const location = state === null ? target : withQuery(target, {state})
  return {status: 302, headers: {location, 'set-cookie': cookies}, body: ''}
}

/** POST …/logout: a client ends the session of a refresh token that it has. */
export async function clientLogout(visit: RealmVisit): Promise<AppAnswer> {
  const form = formOf(visit)
  const client = authenticatedClient(visit, form)
  const token = form.get('refresh_token')
  if (!token) throw oauthRefusal(400, 'invalid_request', 'No refresh token')
  const claims = await unsealed(visit.realm, token, visit.expiryNow)
  if (claims?.typ !== 'Refresh' || claims.azp !== client.clientId) {
    throw oauthRefusal(400, 'invalid_grant', 'Invalid refresh token')
  }
  endSession(visit.container.task, String(claims.sid))
  return reply(204)
}

function question(visit: RealmVisit): AppAnswer {
  return page(
    200,
    `Sign in to ${nameOf(visit)}`,
    '<h1 id="kc-page-title">Logging out</h1>\n<p class="instruction">Do you want to log out?</p>',
  )
}

/** `+` means where the client may be sent after a login. */
function allowsLogout(client: Client, uri: string): boolean {
  const allowed = client.attributes['post.logout.redirect.uris'] ?? ''
  if (allowed === '+') return allowsRedirect(client, uri)
  return allowsRedirect({...client, redirectUris: allowed.split('##').filter(Boolean)}, uri)
}
