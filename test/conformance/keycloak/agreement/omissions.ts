import type {Difference} from './differences.js'

/** What the embedded account's Keycloak leaves out of its answers, and why nobody misses it. */
export const omissions: readonly {path: RegExp; reason: string}[] = [
  {
    path: /^the OpenID configuration( by another Host)? > body > ((authorization|id_token|request_object|userinfo)_(encryption|signing)_\w+|(token|introspection|revocation)_endpoint_auth_\w+|(claims|request|request_uri)_parameter_supported|require_\w+|tls_client_\w+|backchannel_\w+|mtls_endpoint_aliases)$/,
    reason: 'It encrypts nothing, knows no mutual TLS, and no client of the application asks for the rest.',
  },
]

/** Whether it is one of the differences that are meant: an answer may lack something, but say nothing else. */
export function isOmission({path, ours}: Difference): boolean {
  return ours === undefined && omissions.some(({path: pattern}) => pattern.test(path))
}
