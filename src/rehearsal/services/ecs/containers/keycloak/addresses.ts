import type {AppRequest} from '../../../../resources/http-messages.js'
import type {RunningContainer} from '../container-app.js'

type Environment = RunningContainer['environment']

/**
 * The addresses that a Keycloak gives itself: one for people (`frontend`), one for other servers (`backend`), one for
 * administrators (`admin`). `asked` is what the request says that it came to. None ends in a slash.
 *
 * With a fixed host name and strict HTTPS (the default) the frontend is https whatever the request was. Other servers
 * get the address that they asked at, unless KC_HOSTNAME_STRICT_BACKCHANNEL; so do administrators, unless
 * KC_HOSTNAME_ADMIN or KC_HOSTNAME_ADMIN_URL says otherwise.
 * Source: Keycloak 23, "Configuring the hostname"; answers of 23.0.7 behind a proxy that sends a foreign Host.
 */
export function addressesFor(
  request: AppRequest,
  environment: Environment,
): {asked: string; frontend: string; backend: string; admin: string} {
  const asked = askedAt(request, environment)
  const frontend = frontendOf(asked, environment)
  const isOwnHost = new URL(frontend).host === new URL(asked).host
  const strictBackend = environment.KC_HOSTNAME_STRICT_BACKCHANNEL === 'true'
  return {
    asked,
    frontend,
    backend: strictBackend || isOwnHost ? frontend : asked,
    admin: adminOf(asked, environment),
  }
}

/** Where the request says that it came to; behind a proxy that ends TLS its headers decide. */
function askedAt(request: AppRequest, environment: Environment): string {
  const behindProxy = ['edge', 'reencrypt'].includes(environment.KC_PROXY ?? '')
  const forwarded = behindProxy ? request.headers['x-forwarded-proto']?.split(',')[0]?.trim() : undefined
  const url = `${forwarded === 'https' ? 'https' : 'http'}://${request.headers.host ?? 'localhost:8080'}`
  return URL.canParse(url) ? url : 'http://localhost:8080'
}

function frontendOf(asked: string, environment: Environment): string {
  const {KC_HOSTNAME_URL: url, KC_HOSTNAME: host, KC_HOSTNAME_STRICT_HTTPS: strict} = environment
  if (url) return url.replace(/\/+$/, '')
  if (!host) return asked
  return `${strict === 'false' ? schemeOf(asked) : 'https'}://${host}`
}

function adminOf(asked: string, environment: Environment): string {
  const {KC_HOSTNAME_ADMIN_URL: url, KC_HOSTNAME_ADMIN: host} = environment
  if (url) return url.replace(/\/+$/, '')
  return host ? `${schemeOf(asked)}://${host}` : asked
}

function schemeOf(url: string): string {
  return url.startsWith('https:') ? 'https' : 'http'
}
