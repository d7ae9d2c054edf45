import type {AppAnswer} from '../../app.js'
import {reply} from './answers.js'
import {publicKeys, publicKeyText} from './keys.js'
import {breaks, issuerOf, type RealmVisit} from './visit.js'

/** GET /realms/{realm}. */
export async function realmDocument({realm, addresses}: RealmVisit): Promise<AppAnswer> {
  const base = `${addresses.frontend}/realms/${realm.realm}`
  return reply(200, {
    realm: realm.realm,
    public_key: await publicKeyText(realm),
    'token-service': `${base}/protocol/openid-connect`,
    'account-service': `${base}/account`,
    'tokens-not-before': Number(realm.settings.notBefore ?? 0),
  })
}

export async function certificates(visit: RealmVisit): Promise<AppAnswer> {
  const {keys} = await publicKeys(visit.realm)
  const shown = breaks(visit, 'unknown-key')
    ? keys.map(key => ({...key, kid: `${key.kid}-of-another`}))
    : keys
  return reply(200, {keys: shown}, {'cache-control': 'no-cache'})
}

const signatures = [
  'PS384',
  'ES384',
  'RS384',
  'HS256',
  'HS512',
  'ES256',
  'RS256',
  'HS384',
  'ES512',
  'PS256',
  'PS512',
  'RS512',
]

/**
 * The OpenID configuration. Addresses for browsers are the frontend's, those for servers the backend's; what this
 * Keycloak lacks is named as the real one names it.
 * Source: answers of Keycloak 23.0.7.
 */
export function openIdConfiguration(visit: RealmVisit): AppAnswer {
  const issuer = issuerOf(visit)
  const front = `${issuer}/protocol/openid-connect`
  const realmPath = issuer.slice(visit.addresses.frontend.length)
  const back = `${visit.addresses.backend}${realmPath}/protocol/openid-connect`
  return reply(200, {
    issuer,
    authorization_endpoint: `${front}/auth`,
    token_endpoint: `${back}/token`,
    introspection_endpoint: `${back}/token/introspect`,
    userinfo_endpoint: `${back}/userinfo`,
    end_session_endpoint: `${front}/logout`,
    frontchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    jwks_uri: `${back}/certs`,
    check_session_iframe: `${front}/login-status-iframe.html`,
    grant_types_supported: [
      'authorization_code',
      'implicit',
      'refresh_token',
      'password',
      'client_credentials',
      'urn:openid:params:grant-type:ciba',
      'urn:ietf:params:oauth:grant-type:token-exchange',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
    acr_values_supported: ['0', '1'],
    response_types_supported: [
      'code',
      'none',
      'id_token',
      'token',
      'id_token token',
      'code id_token',
      'code token',
      'code id_token token',
    ],
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: signatures,
    response_modes_supported: [
      'query',
      'fragment',
      'form_post',
      'query.jwt',
      'fragment.jwt',
      'form_post.jwt',
      'jwt',
    ],
    registration_endpoint: `${visit.addresses.backend}${realmPath}/clients-registrations/openid-connect`,
    token_endpoint_auth_methods_supported: [
      'private_key_jwt',
      'client_secret_basic',
      'client_secret_post',
      'tls_client_auth',
      'client_secret_jwt',
    ],
    claims_supported: [
      'aud',
      'sub',
      'iss',
      'auth_time',
      'name',
      'given_name',
      'family_name',
      'preferred_username',
      'email',
      'acr',
    ],
    claim_types_supported: ['normal'],
    scopes_supported: ['openid', ...visit.realm.clientScopes.map(({name}) => name)],
    code_challenge_methods_supported: ['plain', 'S256'],
    revocation_endpoint: `${back}/revoke`,
    device_authorization_endpoint: `${back}/auth/device`,
    backchannel_authentication_endpoint: `${back}/ext/ciba/auth`,
    pushed_authorization_request_endpoint: `${back}/ext/par/request`,
    authorization_response_iss_parameter_supported: true,
  })
}
