import {type AppAnswer, type AppRequest, html, json, pathOf} from '../../../../resources/http-messages.js'
import type {App, RunningContainer} from '../container-app.js'
import {addressesFor} from './addresses.js'
import {adminApi} from './admin/index.js'
import {answered, forReader, noSuchPath} from './answers.js'
import {databaseOf, databaseRefusal} from './database.js'
import {realmPaths} from './realm-paths.js'
import {visitOf} from './visit.js'

/**
 * Keycloak 23 as its image runs it. Source: Keycloak 23 guides; what a real 23.0.7 answered to the same requests.
 * docs/embedded-account.md says what it lacks.
 */
export const keycloak: App = {
  name: 'keycloak',
  ports: [8080],
  refusal: container =>
    container.environment.KC_HOSTNAME && container.environment.KC_HOSTNAME_URL
      ? "ERROR: You can not set both 'hostname' and 'hostname-url' options"
      : databaseRefusal(container),
  started: container => void databaseOf(container),
  answer: (_port, request, container) => ownPage(request, container) ?? quick(request),
  serve: async (_port, request, container) =>
    ownPage(request, container) ??
    forReader(
      await answered(async () => {
        const visit = visitOf(container, request, databaseOf(container))
        return (await realmPaths(visit)) ?? (await adminApi(visit)) ?? noSuchPath
      }),
      request,
    ),
}

const neverKept = {'cache-control': 'no-cache, must-revalidate, no-transform, no-store'}

/** What needs neither database nor keys. */
function ownPage(request: AppRequest, container: RunningContainer): AppAnswer | undefined {
  const {environment} = container
  const path = pathOf(request)
  if (path === '/') {
    const welcome = html(200, 'Welcome to Keycloak')
    return {
      ...welcome,
      headers: {...welcome.headers, ...neverKept, 'content-type': 'text/html;charset=utf-8'},
    }
  }
  if (path === '/robots.txt') {
    return {
      status: 200,
      headers: {'content-type': 'text/plain;charset=utf-8'},
      body: 'User-agent: *\nDisallow: /\n',
    }
  }
  if (/^\/admin\/?$|^\/admin\/master\/console$/.test(path)) {
    const {admin} = addressesFor(request, environment)
    return {status: 302, headers: {location: `${admin}/admin/master/console/`}, body: ''}
  }
  const console = /^\/admin\/([^/]+)\/console\/$/.exec(path)?.[1]
  if (console !== undefined) return consolePage(request, container, console)
  if (/^\/health(\/(ready|live|started))?$/.test(path) && environment.KC_HEALTH_ENABLED === 'true') {
    return json(200, {status: 'UP', checks: []})
  }
  if (path === '/metrics' && environment.KC_METRICS_ENABLED === 'true') {
    return {
      status: 200,
      headers: {'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8'},
      body: '# TYPE jvm_info gauge\n# EOF\n',
    }
  }
  return undefined
}

/** Where the console would log in; the console itself is a program for browsers, which is not here. */
function consolePage(request: AppRequest, {environment}: RunningContainer, realm: string): AppAnswer {
  const {frontend, admin} = addressesFor(request, environment)
  const script = JSON.stringify({
    loginRealm: realm,
    clientId: 'security-admin-console',
    authServerUrl: frontend,
    authUrl: admin,
    consoleBaseUrl: `/admin/${realm}/console/`,
    masterRealm: 'master',
  }).replaceAll('<', '\\u003c')
  return {
    status: 200,
    headers: {'content-type': 'text/html; charset=utf-8'},
    body: `<!DOCTYPE html>\n<html lang="en">\n<head><title>Keycloak Administration UI</title></head>\n<body><script id="environment" type="application/json">${script}</script></body>\n</html>\n`,
  }
}

/** A health check at a realm's path is told at once what `serve` would have found with more work. */
function quick(request: AppRequest): AppAnswer {
  return /^\/realms\/master(\/|$)/.test(pathOf(request)) ? json(200, {realm: 'master'}) : noSuchPath
}
