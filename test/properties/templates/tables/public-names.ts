export type Site = 'registry' | 'kc'
export const sites: readonly Site[] = ['registry', 'kc']

/** What is in front of which site. */
export const loadBalancers: Readonly<Record<Site, string>> = {registry: 'MainAlb', kc: 'KeycloakAlb'}
/** What the outputs with its names begin with. */
export const outputs: Readonly<Record<Site, string>> = {registry: 'Registry', kc: 'Keycloak'}

/** Where a container is told a public name: as a host, or as the address of a site. */
export const told: readonly (readonly [
  service: string,
  variable: string,
  site: Site,
  form: 'host' | 'url',
])[] = [
  ['auth-server', 'REGISTRY_URL', 'registry', 'url'],
  ['auth-server', 'AUTH_SERVER_EXTERNAL_URL', 'registry', 'url'],
  ['auth-server', 'KEYCLOAK_URL', 'kc', 'url'],
  ['auth-server', 'KEYCLOAK_EXTERNAL_URL', 'kc', 'url'],
  ['registry', 'GATEWAY_ADDITIONAL_SERVER_NAMES', 'registry', 'host'],
  ['registry', 'AUTH_SERVER_EXTERNAL_URL', 'registry', 'url'],
  ['registry', 'KEYCLOAK_URL', 'kc', 'url'],
  ['keycloak', 'KC_HOSTNAME', 'kc', 'host'],
  // Otherwise the admin console's own addresses are http behind CloudFront, and nobody can log in to it.
  ['keycloak', 'KC_HOSTNAME_ADMIN_URL', 'kc', 'url'],
]
