/** A Keycloak that is asked: the real one, or the embedded account's. */
export interface Party {
  /** `https://…`, as the stack output KeycloakUrl has it. */
  readonly publicUrl: string
  /** `http://…` of its load balancer: another Host, and X-Forwarded-Proto http. */
  readonly balancerUrl: string
  /** By which the load balancer knows its distribution; the real Keycloak is behind none. */
  readonly originHeaders: Readonly<Record<string, string>>
  /** Where requests for these are sent, as plain HTTP. */
  readonly endpoint: string
  readonly adminUser: string
  readonly adminPassword: string
}

/** An answer as it came. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; undefined when it is none. */
  readonly json: any
}
