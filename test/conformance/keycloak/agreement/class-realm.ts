/** A realm as the realm step makes it, in small: what logins and tokens are asked of. */
export const realm = 'agreement'

export const registry = 'https://registry.example.com'
export const callback = `${registry}/oauth2/callback/keycloak`

export const web = {client_id: 'class-web', client_secret: 'web-secret'}
export const machine = {client_id: 'class-machine', client_secret: 'machine-secret'}

export const groupsMapper = {
  name: 'groups',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-group-membership-mapper',
  config: {
    'full.path': 'false',
    'claim.name': 'groups',
    'id.token.claim': 'true',
    'access.token.claim': 'true',
    'userinfo.token.claim': 'true',
  },
}

const withRole = {enabled: true, realmRoles: [`default-roles-${realm}`]}
const password = (value: string) => ({credentials: [{type: 'password', value}]})

/** What POST /admin/realms is given. */
export const document = {
  realm,
  enabled: true,
  accessTokenLifespan: 28_800,
  clients: [
    {
      clientId: web.client_id,
      secret: web.client_secret,
      publicClient: false,
      standardFlowEnabled: true,
      directAccessGrantsEnabled: true,
      redirectUris: [callback],
      protocolMappers: [groupsMapper],
    },
    {
      clientId: machine.client_id,
      secret: machine.client_secret,
      publicClient: false,
      standardFlowEnabled: false,
      serviceAccountsEnabled: true,
      protocolMappers: [groupsMapper],
    },
  ],
  groups: [{name: 'mcp-registry-admin'}, {name: 'registry-users-lob1'}],
  users: [
    {
      username: 'student-01',
      email: 'student-01@example.com',
      emailVerified: true,
      firstName: 'Student',
      lastName: '01',
      groups: ['/registry-users-lob1'],
      ...withRole,
      ...password('student-secret'),
    },
    // Without the default role, which a document has to name.
    {username: 'roleless', enabled: true, ...password('roleless-secret')},
    {username: 'disabled', ...withRole, enabled: false, ...password('disabled-secret')},
    {
      username: `service-account-${machine.client_id}`,
      serviceAccountClientId: machine.client_id,
      groups: ['/mcp-registry-admin'],
      ...withRole,
    },
  ],
}
