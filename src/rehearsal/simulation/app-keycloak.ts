import {type App, type AppRequest, html, json, pathOf} from './app.js'

type Environment = Readonly<Record<string, string>>

/**
 * Keycloak 23 as its image runs it: which paths answer, and which address it gives itself.
 * Source: Keycloak 23 guides "Configuring the hostname" and "Enabling health checks".
 */
export const keycloak: App = {
  name: 'keycloak',
  pullSeconds: 66,
  startSeconds: 32,
  ports: [8080],
  refusal: environment =>
    environment.KC_HOSTNAME && environment.KC_HOSTNAME_URL
      ? "ERROR: You can not set both 'hostname' and 'hostname-url' options"
      : undefined,
  answer(_port, request, environment) {
    const path = pathOf(request)
    if (path === '/') return html(200, 'Welcome to Keycloak')
    if (path === '/admin' || path === '/admin/') {
      return {
        status: 302,
        headers: {location: `${baseUrl(request, environment)}/admin/master/console/`},
        body: '',
      }
    }
    if (/^\/health(\/(ready|live|started))?$/.test(path) && environment.KC_HEALTH_ENABLED === 'true') {
      return json(200, {status: 'UP', checks: []})
    }
    if (path === '/metrics' && environment.KC_METRICS_ENABLED === 'true') {
      return {status: 200, headers: {'content-type': 'text/plain'}, body: '# TYPE jvm_info gauge\n'}
    }
    const base = baseUrl(request, environment)
    // A fresh Keycloak has one realm.
    if (path === '/realms/master' || path === '/realms/master/') return json(200, realm(base))
    if (path === '/realms/master/.well-known/openid-configuration')
      return json(200, openIdConfiguration(base))
    if (/^\/realms\/[^/]+/.test(path) && !path.startsWith('/realms/master')) {
      return json(404, {error: 'Realm does not exist'})
    }
    return json(404, {error: 'RESTEASY003210: Could not find resource for full path'})
  },
}

/**
 * Keycloak's own address. With a fixed host name and strict HTTPS (the default) it is https whatever the
 * request was; without, behind an "edge" proxy, the proxy's headers decide.
 */
function baseUrl(request: AppRequest, environment: Environment): string {
  if (environment.KC_HOSTNAME_URL) return environment.KC_HOSTNAME_URL.replace(/\/+$/, '')
  const behindProxy = ['edge', 'reencrypt'].includes(environment.KC_PROXY ?? '')
  const forwarded = behindProxy ? request.headers['x-forwarded-proto']?.split(',')[0]?.trim() : undefined
  const strictHttps =
    environment.KC_HOSTNAME !== undefined && environment.KC_HOSTNAME_STRICT_HTTPS !== 'false'
  const scheme = strictHttps ? 'https' : (forwarded ?? 'http')
  return `${scheme}://${environment.KC_HOSTNAME ?? request.headers.host ?? 'localhost:8080'}`
}

function realm(base: string): Record<string, unknown> {
  return {
    realm: 'master',
    public_key: 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA',
    'token-service': `${base}/realms/master/protocol/openid-connect`,
    'account-service': `${base}/realms/master/account`,
    'tokens-not-before': 0,
  }
}

function openIdConfiguration(base: string): Record<string, unknown> {
  const issuer = `${base}/realms/master`
  const endpoint = `${issuer}/protocol/openid-connect`
  return {
    issuer,
    authorization_endpoint: `${endpoint}/auth`,
    token_endpoint: `${endpoint}/token`,
    introspection_endpoint: `${endpoint}/token/introspect`,
    userinfo_endpoint: `${endpoint}/userinfo`,
    end_session_endpoint: `${endpoint}/logout`,
    jwks_uri: `${endpoint}/certs`,
    check_session_iframe: `${endpoint}/login-status-iframe.html`,
    grant_types_supported: [
      'authorization_code',
      'implicit',
      'refresh_token',
      'password',
      'client_credentials',
    ],
    response_types_supported: ['code', 'none', 'id_token', 'token', 'id_token token'],
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    registration_endpoint: `${issuer}/clients-registrations/openid-connect`,
    scopes_supported: ['openid', 'profile', 'email', 'roles', 'web-origins'],
    revocation_endpoint: `${endpoint}/revoke`,
    device_authorization_endpoint: `${endpoint}/auth/device`,
    backchannel_authentication_endpoint: `${endpoint}/ext/ciba/auth`,
    pushed_authorization_request_endpoint: `${endpoint}/ext/par/request`,
  }
}
