/** A link of a student's way to a tool that can be broken. */
interface Link {
  /** The service that it is in, by the end of its name. */
  service: 'keycloak' | 'auth-server' | 'registry' | 'MCP server'
  /** What happens, for docs/embedded-account.md. */
  effect: string
}

/** The links, in the order of the way. Realm `master` is spared, so that administrators can continue. */
export const brokenLinks = {
  'no-realm': {
    service: 'keycloak',
    effect: 'Nobody but an administrator finds a realm: 404, `Realm does not exist`.',
  },
  'http-issuer': {
    service: 'keycloak',
    effect:
      'Addresses and issuer are http, as with `KC_HOSTNAME_STRICT_HTTPS=false` behind a load balancer that says http.',
  },
  'login-form': {service: 'keycloak', effect: 'Whoever sends the form gets 500, an internal server error.'},
  'no-user': {service: 'keycloak', effect: 'Nobody is known by his name or his password.'},
  'user-disabled': {service: 'keycloak', effect: "Everybody's account is disabled."},
  'no-groups': {service: 'keycloak', effect: 'Tokens name no groups, as without the groups mapper.'},
  'no-aud': {service: 'keycloak', effect: 'Access tokens have no `aud`, as without the default role.'},
  'expired-token': {service: 'keycloak', effect: 'Access tokens have expired when they are issued.'},
  'unknown-key': {
    service: 'keycloak',
    effect: 'The published keys are not those that sign; an auth server remembers keys for an hour.',
  },
  'client-secret': {
    service: 'auth-server',
    effect: 'It exchanges codes with a secret that is not that of the client.',
  },
  'no-cookie': {service: 'auth-server', effect: 'After the login no session cookie is set.'},
  'no-scopes': {
    service: 'registry',
    effect: 'Groups are mapped to no scopes; in the auth server too, where MCP calls are forbidden then.',
  },
  'default-site': {
    service: 'registry',
    effect:
      "Debian's own site is in its nginx: 404 under any name that is not the registry's, so at health checks.",
  },
  'no-route': {
    service: 'MCP server',
    effect: "It never passes the registry's health check, and gets no route.",
  },
  'host-check': {
    service: 'MCP server',
    effect: 'Every host name but loopback is refused with 421, as by mcp 1.23.3 without `host="0.0.0.0"`.',
  },
  'lost-sessions': {
    service: 'MCP server',
    effect: 'No session is known any more at the next message, as with a second copy of the server.',
  },
  'no-tools': {service: 'MCP server', effect: 'Its list of tools is empty.'},
} as const satisfies Record<string, Link>

export type BrokenLink = keyof typeof brokenLinks

export const brokenLinkNames = Object.keys(brokenLinks) as BrokenLink[]
