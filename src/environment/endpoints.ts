/** A public address that must answer. */
export interface Endpoint {
  readonly name: string
  readonly url: string
  readonly expectedStatus: number
  /** Why an answer with the expected status is wrong all the same; undefined when it is right. */
  problem(body: string): string | undefined
}

/** What to probe, from the stack outputs RegistryUrl and KeycloakUrl; an output that is missing gives no endpoint. */
export function endpointsOf(outputs: Readonly<Record<string, string>>): readonly Endpoint[] {
  const registry = withoutSlash(outputs.RegistryUrl)
  const keycloak = withoutSlash(outputs.KeycloakUrl)
  return [
    ...(registry ? [plain('registry health', `${registry}/health`)] : []),
    ...(keycloak
      ? [
          plain('keycloak realm', `${keycloak}/realms/master`),
          {
            ...plain('keycloak OIDC', `${keycloak}/realms/master/.well-known/openid-configuration`),
            problem: (body: string) => oidcProblem(body, keycloak, 'master'),
          },
        ]
      : []),
  ]
}

/**
 * Why the OpenID Connect discovery document of a realm is not usable from outside: every address must be an https URL
 * on the host of `keycloakUrl`, and the issuer the very address of the realm, because tokens are compared with it.
 * Undefined when they are.
 */
export function oidcProblem(body: string, keycloakUrl: string, realm: string): string | undefined {
  const document = parseObject(body)
  if (!document) return 'The discovery document is not a JSON object.'
  if (typeof document.issuer !== 'string') return 'The discovery document names no issuer.'
  const addresses = Object.entries(document).filter(
    ([key]) => key === 'issuer' || key === 'jwks_uri' || key.endsWith('_endpoint'),
  )
  const host = new URL(keycloakUrl).host
  const wrong = addresses.find(([, value]) => !isOn(value, host))
  if (wrong !== undefined) return `${wrong[0]} is ${JSON.stringify(wrong[1])}, not an https URL on ${host}.`
  const issuer = `${keycloakUrl}/realms/${realm}`
  return document.issuer === issuer
    ? undefined
    : `issuer is ${JSON.stringify(document.issuer)}, not ${issuer}.`
}

function plain(name: string, url: string): Endpoint {
  return {name, url, expectedStatus: 200, problem: () => undefined}
}

function withoutSlash(url: string | undefined): string | undefined {
  return url?.replace(/\/+$/, '')
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOn(value: unknown, host: string): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const url = new URL(value)
  return url.protocol === 'https:' && url.host === host
}
