import type {JWTPayload} from 'jose'
import type {AppAnswer} from '../../../../resources/http-messages.js'
import {reply} from './answers.js'
import {authenticatedClient} from './clients.js'
import {cookie} from './cookies.js'
import {clientNamed} from './data.js'
import {verified} from './keys.js'
import {liveSession} from './sessions.js'
import {personClaims} from './tokens.js'
import {breaks, formOf, issuerOf, type RealmVisit} from './visit.js'

/** …/userinfo, with a token in its header. Source: answers of Keycloak 23.0.7. */
export async function userinfo(visit: RealmVisit): Promise<AppAnswer> {
  const {realm, request} = visit
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) return challenge(visit, 401)
  const claims = await verified(realm, token, visit.expiryNow)
  if (claims?.iss !== issuerOf(visit)) {
    return challenge(visit, 401, 'invalid_token', 'Token verification failed')
  }
  const scope = String(claims.scope ?? '')
  if (!scope.split(' ').includes('openid')) {
    return challenge(visit, 403, 'insufficient_scope', 'Missing openid scope')
  }
  const client = clientNamed(realm, String(claims.azp))
  const user = realm.users.find(({id}) => id === claims.sub)
  if (claims.sid !== undefined && !liveSession(visit, claims.sid)) {
    return challenge(
      visit,
      401,
      'invalid_token',
      "User session not found or doesn't have client attached on it",
    )
  }
  if (!client || !user?.enabled) return challenge(visit, 401, 'invalid_token', 'User disabled')
  return told(visit, claims, {
    sub: user.id,
    ...personClaims(
      {realm, client, user, scope, breaks: link => breaks(visit, link)},
      'userinfo.token.claim',
    ),
  })
}

/** Nobody in between keeps it; for a machine it counts as a login, which ends that of a browser. */
function told(visit: RealmVisit, claims: JWTPayload | undefined, body: unknown): AppAnswer {
  const cookies = ['KC_RESTART', 'KC_AUTH_STATE'].map(name => cookie(visit, name, ''))
  const isMachine = claims !== undefined && claims.sid === undefined
  return reply(200, body, {'cache-control': 'no-cache', ...(isMachine && {'set-cookie': cookies})})
}

function challenge({realm}: RealmVisit, status: number, error?: string, words?: string): AppAnswer {
  const more = error === undefined ? '' : `, error="${error}", error_description="${words}"`
  return {
    status,
    headers: {
      'www-authenticate': `Bearer realm="${realm.realm}"${more}`,
      'content-type': 'text/plain;charset=utf-8',
    },
    body: '',
  }
}

/** …/token/introspect. Source: RFC 7662; answers of Keycloak 23.0.7. */
export async function introspection(visit: RealmVisit): Promise<AppAnswer> {
  const form = formOf(visit)
  authenticatedClient(visit, form)
  const claims = await verified(visit.realm, form.get('token') ?? '', visit.expiryNow)
  const user = visit.realm.users.find(({id}) => id === claims?.sub)
  const isOver = claims?.sid !== undefined && !liveSession(visit, claims.sid)
  if (!claims || !user?.enabled || isOver) return told(visit, undefined, {active: false})
  const {clientHost: _, clientAddress: __, ...others} = claims
  return told(visit, claims, {
    ...others,
    client_id: claims.azp,
    username: user.username,
    token_type: 'Bearer',
    active: true,
  })
}
