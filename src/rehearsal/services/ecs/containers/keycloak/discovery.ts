import type {AppAnswer} from '../../../../resources/http-messages.js'
import {abilities} from './abilities.js'
import {reply, shown} from './answers.js'
import {publicKeys, publicKeyText} from './keys.js'
import {breaks, issuerOf, type RealmVisit} from './visit.js'

/** GET /realms/{realm}. */
export async function realmDocument({realm, addresses}: RealmVisit): Promise<AppAnswer> {
  const base = `${addresses.frontend}/realms/${realm.realm}`
  return shown({
    realm: realm.realm,
    public_key: await publicKeyText(realm),
    'token-service': `${base}/protocol/openid-connect`,
    'account-service': `${base}/account`,
    'tokens-not-before': Number(realm.settings.notBefore ?? 0),
  })
}

export async function certificates(visit: RealmVisit): Promise<AppAnswer> {
  const {keys} = await publicKeys(visit.realm)
  const published = breaks(visit, 'unknown-key')
    ? keys.map(key => ({...key, kid: `${key.kid}-of-another`}))
    : keys
  return shown({keys: published})
}

/**
 * The OpenID configuration. Addresses for browsers are the frontend's, those for servers the backend's.
 * Source: answers of Keycloak 23.0.7.
 */
export function openIdConfiguration(visit: RealmVisit): AppAnswer {
  const issuer = issuerOf(visit)
  const realmPath = issuer.slice(visit.addresses.frontend.length)
  const front = `${issuer}/protocol/openid-connect`
  const back = `${visit.addresses.backend}${realmPath}/protocol/openid-connect`
  const forServers = {
    token_endpoint: `${back}/token`,
    revocation_endpoint: `${front}/revoke`,
    introspection_endpoint: `${back}/token/introspect`,
    device_authorization_endpoint: `${front}/auth/device`,
    registration_endpoint: `${visit.addresses.backend}${realmPath}/clients-registrations/openid-connect`,
    userinfo_endpoint: `${back}/userinfo`,
    pushed_authorization_request_endpoint: `${back}/ext/par/request`,
    backchannel_authentication_endpoint: `${back}/ext/ciba/auth`,
  }
  const document = {
    issuer,
    authorization_endpoint: `${front}/auth`,
    ...forServers,
    end_session_endpoint: `${front}/logout`,
    jwks_uri: `${back}/certs`,
    check_session_iframe: `${front}/login-status-iframe.html`,
    ...abilities,
    scopes_supported: ['openid', ...visit.realm.clientScopes.map(({name}) => name)],
    mtls_endpoint_aliases: forServers,
  }
  return reply(200, document, {
    'content-type': 'application/json;charset=UTF-8',
    'cache-control': 'no-cache, must-revalidate, no-transform, no-store',
  })
}
