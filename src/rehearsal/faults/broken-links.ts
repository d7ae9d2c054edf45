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
    effect: 'Only an administrator finds a realm; everyone else gets 404, `Realm does not exist`.',
  },
  'http-issuer': {
    service: 'keycloak',
    effect:
      'URLs and issuer use http, as with `KC_HOSTNAME_STRICT_HTTPS=false` behind a load balancer that forwards http.',
  },
  'login-form': {
    service: 'keycloak',
    effect: 'Submitting the login form returns 500, an internal server error.',
  },
  'no-user': {service: 'keycloak', effect: 'No user name or password is accepted.'},
  'user-disabled': {service: 'keycloak', effect: 'All accounts are disabled.'},
  'no-groups': {service: 'keycloak', effect: 'Tokens contain no groups, as without the groups mapper.'},
  'no-aud': {service: 'keycloak', effect: 'Access tokens have no `aud`, as without the default role.'},
  'expired-token': {service: 'keycloak', effect: 'Access tokens have expired when they are issued.'},
  'unknown-key': {
    service: 'keycloak',
    effect: 'The published keys are not the signing keys; an auth server caches keys for an hour.',
  },
  'client-secret': {
    service: 'auth-server',
    effect: 'It exchanges codes with a wrong client secret.',
  },
  'no-cookie': {service: 'auth-server', effect: 'No session cookie is set after the login.'},
  'no-scopes': {
    service: 'registry',
    effect: 'Groups are not mapped to scopes, in the auth server either, which then denies MCP calls.',
  },
  'default-site': {
    service: 'registry',
    effect:
      "Its nginx serves Debian's default site: 404 for any host name but the registry's, and so for health checks.",
  },
  'no-route': {
    service: 'MCP server',
    effect: "It never passes the registry's health check, so it gets no route.",
  },
  'host-check': {
    service: 'MCP server',
    effect:
      'Every host name except loopback is rejected with 421, as by mcp 1.23.3 without `host="0.0.0.0"`.',
  },
  'lost-sessions': {
    service: 'MCP server',
    effect: 'The session is unknown at the next message, as with a second copy of the server.',
  },
  'no-tools': {service: 'MCP server', effect: 'Its list of tools is empty.'},
} as const satisfies Record<string, Link>

export type BrokenLink = keyof typeof brokenLinks

export const brokenLinkNames = Object.keys(brokenLinks) as BrokenLink[]
