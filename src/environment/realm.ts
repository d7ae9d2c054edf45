/** The Keycloak realm that a class logs in to; the containers' KEYCLOAK_REALM names it. */
export const realmName = 'mcp-gateway'

/** The client with which the auth server logs people in; its secret is in `keycloakClientSecretName`. */
export const webClientId = 'mcp-gateway-web'

/** The client of machines, for tokens by client credentials; its secret is in `keycloakM2mClientSecretName`. */
export const machineClientId = 'mcp-gateway-m2m'

/** Keycloak makes this user together with the machines' client. */
export const machineUserName = `service-account-${machineClientId}`

/**
 * The groups that scopes.yml of v1.0.7 maps to scopes; members of any other group see nothing.
 * Source: auth_server/scopes.yml, `group_mappings`.
 */
export const groupNames = [
  'mcp-registry-admin',
  'registry-admins',
  'registry-users-lob1',
  'registry-users-lob2',
] as const

/** The group that may do everything; the administrator and the machines' client are in it. */
export const adminGroupName = 'mcp-registry-admin'

/** The group that students are in. */
export const studentGroupName = 'registry-users-lob1'

/** The registry's administrator, whose password is the registry's own (`adminPasswordSecretName`). */
export const adminUserName = 'admin'

/** What `mcpgw credentials --user` calls Keycloak's administrator, who may have the registry administrator's user name. */
export const keycloakAdminAlias = 'keycloak-admin'

/** With it `mcpgw verify` logs in as a student would; it is never handed out. */
export const verifyUserName = 'mcpgw-verify'

/** What `mcpgw credentials --user` calls the accounts that every environment has; no student can have these names. */
export const fixedAccountNames: ReadonlySet<string> = new Set([
  adminUserName,
  keycloakAdminAlias,
  machineClientId,
])

/** Whether an account that is there for something else has this name. */
export function isReservedName(name: string): boolean {
  return fixedAccountNames.has(name) || name === verifyUserName || name.startsWith('service-account-')
}

/** As Keycloak keeps user names, and as they can be typed: lower case, without what has to be quoted anywhere. */
const namePattern = /^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/
export const longestStudentName = 64

/** Whether this can be the user name of somebody; it may still be reserved. */
export function isUserName(name: string): boolean {
  return name.length <= longestStudentName && namePattern.test(name)
}

/**
 * Seconds that an access token lives: a class day. Keycloak's default of 300 ends in the middle of an exercise, since
 * nothing renews the token that somebody has pasted into an MCP client.
 */
export const accessTokenSeconds = 8 * 3600

/** The role without which a token has no `aud`, and is refused by the auth server. */
export const defaultRoleName = `default-roles-${realmName}`

/** More would not fit into one secret with room to spare, and no class is larger. */
export const mostStudents = 200

/** Names of `count` students: student-01, student-02 … student-100. A larger count begins with those of a smaller one. */
export function numberedStudents(count: number): readonly string[] {
  return Array.from({length: count}, (_, index) => `student-${String(index + 1).padStart(2, '0')}`)
}
