import {CookieJar} from 'tough-cookie'
import {awsCommand, shell} from '../../../aws/command-line.js'
import {verifyUserName, webClientId} from '../../../environment/realm.js'
import {mainCluster} from '../../../environment/services.js'
import {deployLine} from '../remedies.js'
import {broken, type Chain} from './chain.js'
import {loginActionOf, messageOn} from './login-page.js'
import type {Realm} from './realm-links.js'
import {addressOf, type LinkScope, logsOf, membersOf, quoted, realmRemedy, unexpected} from './scope.js'

/** The cookie by which the registry knows who is logged in. Source: auth_server/server.py of v1.0.7. */
const sessionCookie = 'mcp_gateway_session'

/**
 * Logs in as a student's browser does: from the registry to Keycloak, and with its code back to a session.
 *
 * The cookies are kept by a library with a browser's rules, the list of public suffixes among them: a cookie that is
 * set for all of cloudfront.net would be refused by every browser, and must not pass here.
 */
export async function logInAsStudent(
  chain: Chain,
  scope: LinkScope,
  {realm, password}: {realm: Realm; password: string},
): Promise<void> {
  const jar = new CookieJar()
  const toKeycloak = await chain.link('login start', () => startLogin(scope, realm, jar))
  const form = await chain.link('login page', () => openLoginPage(scope, toKeycloak, jar))
  const back = await chain.link('login', () => sendPassword(scope, {form, password, jar}))
  await chain.link('session', () => beginSession(scope, back, jar))
  await chain.link('scopes', () => lookAtScopes(scope, jar))
}

function callbackOf(scope: LinkScope): string {
  return `${addressOf(scope, 'RegistryUrl')}/oauth2/callback/keycloak`
}

async function startLogin(scope: LinkScope, realm: Realm, jar: CookieJar): Promise<URL> {
  const url = new URL(`${addressOf(scope, 'RegistryUrl')}/oauth2/login/keycloak`)
  const answer = await scope.ask(url, {jar})
  const {status, location} = answer
  if (!isRedirect(status) || location === undefined)
    throw unexpected(scope, url, answer, {wanted: 'a redirect to Keycloak', service: 'auth-server'})
  const expected = `${realm.authorization.origin}${realm.authorization.pathname}`
  const found = `${location.origin}${location.pathname}`
  if (location.searchParams.has('error')) {
    const what = `The auth server could not begin a login (${quoted(scope, location.searchParams.get('error') ?? '')}).`
    throw broken(what, logsOf(scope, 'auth-server'), {permanent: false})
  }
  const wrong = [
    found === expected ? '' : `it leads to ${quoted(scope, found)} instead of ${expected}`,
    mismatch(scope, location, 'client_id', webClientId),
    mismatch(scope, location, 'redirect_uri', callbackOf(scope)),
  ].find(text => text !== '')
  if (wrong === undefined) return location
  const todo = `The auth server takes this from its variables, which the templates set. Run: ${deployLine(scope.target)}`
  throw broken(`The registry sends people to a login that cannot work: ${wrong}.`, todo, {permanent: true})
}

function mismatch(scope: LinkScope, url: URL, name: string, expected: string): string {
  const found = url.searchParams.get(name)
  return found === expected ? '' : `its ${name} is ${quoted(scope, found ?? 'missing')}, not ${expected}`
}

async function openLoginPage(scope: LinkScope, url: URL, jar: CookieJar): Promise<URL> {
  const answer = await scope.ask(url, {jar, accept: 'text/html'})
  const {status, body} = answer
  if (status === 400 || status === 403) {
    const what = `Keycloak refuses to show the login page (${status}): ${quoted(scope, messageOn(body))}`
    throw broken(ended(what), realmRemedy(scope), {permanent: true})
  }
  if (status !== 200) throw unexpected(scope, url, answer, {wanted: 'the login page', service: 'keycloak'})
  const form = loginActionOf(body, url)
  if (form === undefined) {
    const what = `Keycloak's page has no login form, but says: ${quoted(scope, messageOn(body))}`
    throw broken(ended(what), logsOf(scope, 'keycloak'), {permanent: false})
  }
  // A password goes nowhere else, whatever the page says.
  if (form.protocol === 'https:' && form.origin === new URL(addressOf(scope, 'KeycloakUrl')).origin)
    return form
  const what = `The login form sends passwords to ${quoted(scope, form.origin)}, not to ${addressOf(scope, 'KeycloakUrl')}.`
  const todo = `Keycloak takes its addresses from its variables KC_HOSTNAME…, which the templates set. Run: ${deployLine(scope.target)}`
  throw broken(what, todo, {permanent: true})
}

async function sendPassword(
  scope: LinkScope,
  {form, password, jar}: {form: URL; password: string; jar: CookieJar},
): Promise<URL> {
  const fields = {username: verifyUserName, password, credentialId: ''}
  const answer = await scope.ask(form, {form: fields, jar, accept: 'text/html'})
  const {status, location, body} = answer
  if (status === 200) {
    const what = `Keycloak does not let user ${verifyUserName} in: ${quoted(scope, messageOn(body))}`
    throw broken(ended(what), realmRemedy(scope), {permanent: true})
  }
  if (!isRedirect(status) || location === undefined)
    throw unexpected(scope, form, answer, {wanted: 'a redirect to the registry', service: 'keycloak'})
  if (`${location.origin}${location.pathname}` !== callbackOf(scope)) {
    const step = location.searchParams.get('execution') ?? location.pathname
    const what = `Keycloak requires another step before it lets user ${verifyUserName} log in: ${quoted(scope, step)}`
    throw broken(ended(what), realmRemedy(scope), {permanent: true})
  }
  if (location.searchParams.has('code')) {
    scope.secrets.add(location.searchParams.get('code') ?? '')
    return location
  }
  const error = quoted(scope, location.searchParams.get('error') ?? 'it gives neither code nor error')
  throw broken(`Keycloak sends user ${verifyUserName} back without a code: ${error}.`, realmRemedy(scope), {
    permanent: true,
  })
}

async function beginSession(scope: LinkScope, back: URL, jar: CookieJar): Promise<void> {
  const registry = new URL(addressOf(scope, 'RegistryUrl'))
  const answer = await scope.ask(back, {jar, accept: 'text/html'})
  const {status, location, refusedCookies} = answer
  if (!isRedirect(status))
    throw unexpected(scope, back, answer, {wanted: 'a redirect with a session', service: 'auth-server'})
  const refused = refusedCookies.find(({name}) => name === sessionCookie)
  if (refused !== undefined) {
    const what = `No browser keeps the session's cookie: ${quoted(scope, refused.reason)}`
    const todo = `The parameter SessionCookieDomain has to be empty, or a domain that ${registry.hostname} is in. Run: ${deployLine(scope.target)}`
    throw broken(ended(what), todo, {permanent: true})
  }
  const kept = (await jar.getCookies(registry.href)).find(({key}) => key === sessionCookie)
  if (kept !== undefined) {
    scope.secrets.add(kept.value)
    return
  }
  const error = location?.searchParams.get('error')
  if (!error) {
    const what = `The login succeeded, but the response did not set the cookie ${sessionCookie}: nobody stays logged in.`
    throw broken(what, logsOf(scope, 'auth-server'), {permanent: false})
  }
  const what = `The auth server did not turn Keycloak's code into a session (${quoted(scope, error)}): it does not reach Keycloak, or Keycloak refuses the secret of client ${webClientId}.`
  throw broken(what, `${realmRemedy(scope)}. If that changes nothing: ${logsOf(scope, 'auth-server')}`, {
    permanent: false,
  })
}

async function lookAtScopes(scope: LinkScope, jar: CookieJar): Promise<void> {
  const {aws, environment} = scope.target
  const url = new URL(`${addressOf(scope, 'RegistryUrl')}/api/auth/me`)
  const answer = await scope.ask(url, {jar, accept: 'application/json'})
  if (answer.status === 401) {
    const restart = ['auth-server', 'registry'].map(service =>
      awsCommand(
        aws,
        shell`ecs update-service --cluster ${mainCluster(environment)} --service ${environment}-${service} --force-new-deployment`,
      ),
    )
    const what =
      'The registry does not know the session that the auth server gave: their signing keys differ.'
    throw broken(what, `Restart both: ${restart.join(' and ')}`, {permanent: true})
  }
  if (answer.status !== 200) throw unexpected(scope, url, answer, {wanted: '200', service: 'registry'})
  const {username, scopes, groups} = membersOf(answer.body)
  if (username !== verifyUserName) {
    const what = `The registry takes user ${verifyUserName} for ${quoted(scope, String(username))}.`
    throw broken(what, logsOf(scope, 'registry'), {permanent: false})
  }
  if (Array.isArray(scopes) && scopes.length > 0) return
  const isMember = Array.isArray(groups) && groups.length > 0
  const why = isMember ? `scopes.yml gives ${quoted(scope, groups.join(', '))} no scope` : 'it is in no group'
  const what = `User ${verifyUserName} may see and call nothing: ${why}.`
  const todo = `${realmRemedy(scope)}. If that changes nothing: ${logsOf(scope, 'registry')}`
  throw broken(what, todo, {permanent: true})
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400
}

/** With a full stop, where somebody else's words have none. */
function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text.replace(/: ?$/, '')}.`
}
