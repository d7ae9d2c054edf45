import {randomBytes} from 'node:crypto'
import {type AppAnswer, type AppRequest, json} from '../../../../resources/http-messages.js'
import {isBroken} from '../broken-links.js'
import {claimsIn} from '../claims.js'
import type {RunningContainer} from '../container-app.js'
import {cookiesOf} from '../cookies.js'
import {expiryTime} from '../expiry.js'
import {reach} from '../reach.js'
import {sessionSetCookie} from '../session.js'
import {signedCookie, valueOfCookie} from '../signed-cookie.js'
import {configurationOf} from './configuration.js'

const temporaryCookie = 'oauth2_temp_session'
/** How long a login may take. */
const temporarySeconds = 600

/** GET /oauth2/login/keycloak: to Keycloak, with a cookie that remembers why. */
export function login(query: URLSearchParams, container: RunningContainer): AppAnswer {
  const configuration = configurationOf(container)
  const state = randomBytes(32).toString('base64url')
  const session = {state, provider: 'keycloak', redirect_uri: query.get('redirect_uri') ?? '/'}
  const asked = new URLSearchParams({
    client_id: configuration.clientId,
    response_type: 'code',
    scope: 'openid email profile',
    state,
    redirect_uri: `${configuration.ownUrl}/oauth2/callback/keycloak`,
  })
  const value = signedCookie(configuration.secretKey, session, container.world.now)
  return redirect(`${configuration.externalRealmUrl}/protocol/openid-connect/auth?${asked.toString()}`, [
    `${temporaryCookie}=${value}; HttpOnly; Max-Age=${temporarySeconds}; Path=/; SameSite=lax`,
  ])
}

/** GET /oauth2/callback/keycloak: exchanges the code for tokens, and gives the browser a session. */
export async function callback(
  request: AppRequest,
  query: URLSearchParams,
  container: RunningContainer,
): Promise<AppAnswer> {
  const error = query.get('error')
  if (error) return redirect(`/login?error=oauth2_error&details=${encodeURIComponent(error)}`)
  const given = cookiesOf(request).get(temporaryCookie)
  const [code, state] = [query.get('code'), query.get('state')]
  if (!code || !state || given === undefined) return detail(400, 'Missing required OAuth2 parameters')
  const remembered = valueOfCookie(configurationOf(container).secretKey, given, {
    now: expiryTime(container.world),
    maxAgeSeconds: temporarySeconds,
  })
  if (!remembered) return detail(400, 'Invalid or expired OAuth2 session')
  if (remembered.state !== state) return detail(400, 'Invalid state parameter')
  const claims = await claimsFor(code, container)
  if (!claims) return redirect('/login?error=oauth2_callback_failed')
  const session = {
    username: claims.preferred_username ?? claims.sub,
    email: claims.email ?? null,
    name: claims.name ?? claims.given_name ?? null,
    groups: Array.isArray(claims.groups) ? claims.groups : [],
    provider: 'keycloak',
    auth_method: 'oauth2',
  }
  const cookies = isBroken(container, 'no-cookie') ? [] : [sessionSetCookie(container, session)]
  return redirect(String(remembered.redirect_uri ?? '/'), [
    ...cookies,
    `${temporaryCookie}=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=lax`,
  ])
}

/** What Keycloak says of the person whose code this is, in an id token that is taken at its word, as the real one does. */
async function claimsFor(code: string, container: RunningContainer) {
  const {realmUrl, clientId, clientSecret, ownUrl} = configurationOf(container)
  const answer = await reach(container, `${realmUrl}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: {'content-type': 'application/x-www-form-urlencoded', accept: 'application/json'},
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      // What the task was given at its start, whatever the secret is by now.
      client_secret: isBroken(container, 'client-secret') ? `not ${clientSecret}` : clientSecret,
      code,
      redirect_uri: `${ownUrl}/oauth2/callback/keycloak`,
    }).toString(),
  })
  if (answer?.status !== 200) return undefined
  const {id_token} = JSON.parse(answer.body) as {id_token?: string}
  return id_token === undefined ? undefined : claimsIn(id_token)
}

export function detail(status: number, words: string): AppAnswer {
  return json(status, {detail: words})
}

function redirect(location: string, cookies: string[] = []): AppAnswer {
  return {status: 302, headers: {location, ...(cookies.length > 0 && {'set-cookie': cookies})}, body: ''}
}
