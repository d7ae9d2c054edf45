const words = (text: string) => text.split(' ')

const signatures = words('PS384 ES384 RS384 HS256 HS512 ES256 RS256 HS384 ES512 PS256 PS512 RS512')
const encryptions = words('RSA-OAEP RSA-OAEP-256 RSA1_5')
const contentEncryptions = words('A256GCM A192GCM A128GCM A128CBC-HS256 A192CBC-HS384 A256CBC-HS512')
const authentications = words(
  'private_key_jwt client_secret_basic client_secret_post tls_client_auth client_secret_jwt',
)

/**
 * What an OpenID configuration of Keycloak 23.0.7 says beside addresses: the same in each realm. What this one lacks is
 * named as the real one names it, and answered with a refusal.
 */
export const abilities: Readonly<Record<string, unknown>> = {
  frontchannel_logout_session_supported: true,
  frontchannel_logout_supported: true,
  grant_types_supported: words(
    'authorization_code implicit refresh_token password client_credentials urn:openid:params:grant-type:ciba urn:ietf:params:oauth:grant-type:token-exchange urn:ietf:params:oauth:grant-type:device_code',
  ),
  acr_values_supported: ['0', '1'],
  response_types_supported: [
    ...words('code none id_token token'),
    'id_token token',
    'code id_token',
    'code token',
    'code id_token token',
  ],
  subject_types_supported: ['public', 'pairwise'],
  id_token_signing_alg_values_supported: signatures,
  id_token_encryption_alg_values_supported: encryptions,
  id_token_encryption_enc_values_supported: contentEncryptions,
  userinfo_signing_alg_values_supported: [...signatures, 'none'],
  userinfo_encryption_alg_values_supported: encryptions,
  userinfo_encryption_enc_values_supported: contentEncryptions,
  request_object_signing_alg_values_supported: [...signatures, 'none'],
  request_object_encryption_alg_values_supported: encryptions,
  request_object_encryption_enc_values_supported: contentEncryptions,
  response_modes_supported: words('query fragment form_post query.jwt fragment.jwt form_post.jwt jwt'),
  token_endpoint_auth_methods_supported: authentications,
  token_endpoint_auth_signing_alg_values_supported: signatures,
  introspection_endpoint_auth_methods_supported: authentications,
  introspection_endpoint_auth_signing_alg_values_supported: signatures,
  authorization_signing_alg_values_supported: signatures,
  authorization_encryption_alg_values_supported: encryptions,
  authorization_encryption_enc_values_supported: contentEncryptions,
  claims_supported: words('aud sub iss auth_time name given_name family_name preferred_username email acr'),
  claim_types_supported: ['normal'],
  claims_parameter_supported: true,
  request_parameter_supported: true,
  request_uri_parameter_supported: true,
  require_request_uri_registration: true,
  code_challenge_methods_supported: ['plain', 'S256'],
  tls_client_certificate_bound_access_tokens: true,
  revocation_endpoint_auth_methods_supported: authentications,
  revocation_endpoint_auth_signing_alg_values_supported: signatures,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  backchannel_token_delivery_modes_supported: ['poll', 'ping'],
  backchannel_authentication_request_signing_alg_values_supported: signatures.filter(
    name => !name.startsWith('HS'),
  ),
  require_pushed_authorization_requests: false,
  authorization_response_iss_parameter_supported: true,
}
