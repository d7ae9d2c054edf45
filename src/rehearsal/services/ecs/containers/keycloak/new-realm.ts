import {letters} from '../../../../account/random.js'
import {
  type Client,
  type ClientScope,
  type KeycloakData,
  newId,
  type ProtocolMapper,
  type Realm,
  type Role,
  type User,
} from './data.js'

const scopesByDefault = ['web-origins', 'acr', 'profile', 'roles', 'email']
const optionalScopes = ['address', 'phone', 'offline_access', 'microprofile-jwt']
/** Scopes whose name is no part of the `scope` of a token. */
const silentScopes = ['web-origins', 'acr', 'roles']

/** Clients that every realm has, and which of them are public. Source: a fresh realm of Keycloak 23. */
const ownClients: Readonly<Record<string, {publicClient: boolean; directAccess?: true}>> = {
  account: {publicClient: true},
  'account-console': {publicClient: true},
  'admin-cli': {publicClient: true, directAccess: true},
  broker: {publicClient: false},
  'security-admin-console': {publicClient: true},
}

/** A realm with what each has from its beginning; it has no users. It is not in the database yet. */
export function newRealm(data: KeycloakData, name: string, settings: Record<string, unknown> = {}): Realm {
  const realm: Realm = {
    id: newId(data),
    realm: name,
    settings,
    clients: [],
    clientScopes: [...scopesByDefault, ...optionalScopes].map(scope => newClientScope(data, scope)),
    groups: [],
    roles: [],
    users: [],
  }
  const management = name === 'master' ? 'master-realm' : 'realm-management'
  for (const [clientId, {publicClient, directAccess}] of Object.entries({
    ...ownClients,
    [management]: {publicClient: false, directAccess: undefined},
  })) {
    realm.clients.push(
      newClient(data, {
        clientId,
        publicClient,
        standardFlowEnabled: clientId !== 'admin-cli',
        directAccessGrantsEnabled: directAccess === true,
        fullScopeAllowed: false,
      }),
    )
  }
  realm.roles = ownRoles(data, name)
  return realm
}

/** The role that every new user has. */
export function defaultRoleOf({realm, roles}: Realm): Role | undefined {
  return roles.find(({name, clientId}) => clientId === undefined && name === `default-roles-${realm}`)
}

function ownRoles(data: KeycloakData, realm: string): Role[] {
  const role = (name: string, more: Partial<Role> = {}): Role => ({
    id: newId(data),
    name,
    description: `\${role_${name.replace('_access', '-access')}}`,
    composites: [],
    ...more,
  })
  const account = (name: string) => ({clientId: 'account', name})
  return [
    role('uma_authorization'),
    role(`default-roles-${realm}`, {
      description: `\${role_default-roles}`,
      composites: [
        {name: 'offline_access'},
        {name: 'uma_authorization'},
        account('manage-account'),
        account('view-profile'),
      ],
    }),
    role('offline_access'),
    role('view-profile', {clientId: 'account'}),
    role('manage-account', {clientId: 'account', composites: [account('manage-account-links')]}),
    role('manage-account-links', {clientId: 'account'}),
    ...(realm === 'master' ? [role('admin'), role('create-realm')] : []),
  ]
}

export function newClientScope(
  data: KeycloakData,
  name: string,
  given: Partial<ClientScope> = {},
): ClientScope {
  const attributes: Record<string, string> = silentScopes.includes(name)
    ? {'include.in.token.scope': 'false'}
    : {}
  return {id: newId(data), name, protocol: 'openid-connect', attributes, ...given}
}

/** A client with these members, and Keycloak's defaults for the others. */
export function newClient(
  data: KeycloakData,
  {
    protocolMappers,
    ...given
  }: Partial<Omit<Client, 'protocolMappers'>> & {
    clientId: string
    protocolMappers?: readonly Partial<ProtocolMapper>[]
  },
): Client {
  const id = typeof given.id === 'string' ? given.id : newId(data)
  const redirectUris = (given.redirectUris ?? []) as string[]
  const secret = given.publicClient ? undefined : String(given.secret ?? newSecret(data))
  return {
    surrogateAuthRequired: false,
    enabled: true,
    alwaysDisplayInConsole: false,
    clientAuthenticatorType: 'client-secret',
    redirectUris,
    webOrigins: [...new Set(redirectUris.flatMap(uri => (URL.canParse(uri) ? new URL(uri).origin : [])))],
    notBefore: 0,
    bearerOnly: false,
    consentRequired: false,
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    publicClient: false,
    frontchannelLogout: false,
    protocol: 'openid-connect',
    attributes: {},
    authenticationFlowBindingOverrides: {},
    fullScopeAllowed: true,
    nodeReRegistrationTimeout: -1,
    defaultClientScopes: [...scopesByDefault],
    optionalClientScopes: [...optionalScopes],
    ...given,
    ...(secret !== undefined && {secret}),
    protocolMappers: (protocolMappers ?? []).map(mapper => newMapper(data, mapper)),
    id,
  }
}

/** As long as Keycloak's own. */
export function newSecret(data: KeycloakData): string {
  data.made += 1
  return letters(
    data.seed,
    32,
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
    'client secret',
    data.name,
    data.made,
  )
}

export function newMapper(data: KeycloakData, given: Partial<ProtocolMapper>): ProtocolMapper {
  return {
    name: '',
    protocol: 'openid-connect',
    protocolMapper: '',
    consentRequired: false,
    config: {},
    ...given,
    id: given.id ?? newId(data),
  }
}

/** A user without password, groups or roles. */
export function newUser(
  data: KeycloakData,
  now: number | undefined,
  given: Partial<User> & {username: string},
): User {
  return {
    ...(now !== undefined && {createdTimestamp: now}),
    enabled: false,
    emailVerified: false,
    requiredActions: [],
    groups: [],
    realmRoles: [],
    ...given,
    username: given.username.toLowerCase(),
    id: given.id ?? newId(data),
  }
}

/** Makes a client's service account the user that it is, or takes that user away. */
export function settleServiceAccount(
  data: KeycloakData,
  realm: Realm,
  client: Client,
  now: number | undefined,
): void {
  const linked = realm.users.find(({serviceAccountClientLink}) => serviceAccountClientLink === client.id)
  if (!client.serviceAccountsEnabled) {
    if (linked) realm.users = realm.users.filter(user => user !== linked)
    return
  }
  const username = `service-account-${client.clientId}`.toLowerCase()
  if (linked) {
    linked.username = username
    return
  }
  const role = defaultRoleOf(realm)
  realm.users.push(
    newUser(data, now, {
      username,
      enabled: true,
      realmRoles: role ? [role.id] : [],
      serviceAccountClientLink: client.id,
    }),
  )
}
