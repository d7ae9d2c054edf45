/** Something in the realm that was made, or changed. */
export interface RealmChange {
  kind: 'realm' | 'client' | 'group' | 'user'
  name: string
  /** What was done, in words. */
  change: string
}

/** The realm that a class logs in to, as it was left. */
export interface RealmState {
  name: string
  /** In the order in which they were made; empty when everything was as it should be. */
  changes: readonly RealmChange[]
  /** How many students have an account, and a password in the environment's secret. */
  students: number
}

/** What the command realm did. */
export interface RealmResult {
  environment: string
  account: string
  region: string
  /** Where Keycloak answers. */
  keycloakUrl: string
  realm: RealmState
  durationSeconds: number
  apiCalls: Record<string, number>
}
