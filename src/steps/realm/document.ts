import {
  adminGroupName,
  defaultRoleName,
  groupNames,
  machineClientId,
  machineUserName,
  realmName,
} from '../../environment/realm.js'
import {hashedPassword} from '../../keycloak/hashed-password.js'
import type {
  ClientRepresentation,
  RealmRepresentation,
  UserRepresentation,
} from '../../keycloak/representations.js'
import type {RealmChange} from '../../results.js'
import {
  addressOf,
  groupsMapper,
  type Person,
  realmMembers,
  type WantedClient,
  type WantedRealm,
} from './wanted.js'

/** The realm for one request, with all but its students: Keycloak makes all of it or nothing. */
export async function realmDocument({clients, people}: WantedRealm): Promise<RealmRepresentation> {
  const users = await Promise.all(people.map(userDocument))
  // A document gives its users the roles that it names, and no others.
  const withRole = (user: UserRepresentation) => ({...user, realmRoles: [defaultRoleName]})
  return {
    realm: realmName,
    displayName: 'MCP Gateway & Registry',
    ...realmMembers,
    clients: clients.map(clientDocument),
    groups: groupNames.map(name => ({name})),
    users: [...users, machineUser].map(withRole),
  }
}

/** What making the realm made. */
export function madeByDocument({clients, people}: WantedRealm): readonly RealmChange[] {
  const made = (kind: RealmChange['kind'], name: string) => ({kind, name, change: 'created'})
  return [
    made('realm', realmName),
    ...clients.map(({clientId}) => made('client', clientId)),
    ...groupNames.map(name => made('group', name)),
    ...people.map(({name}) => made('user', name)),
  ]
}

export function clientDocument(client: WantedClient): ClientRepresentation {
  return {
    standardFlowEnabled: false,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    ...client,
    protocolMappers: [groupsMapper],
  }
}

/** Ready to log in: no form is left to be filled in, no password to be changed. */
export async function userDocument(person: Person): Promise<UserRepresentation> {
  const {name, group, firstName, lastName, password} = person
  return {
    username: name,
    enabled: true,
    emailVerified: true,
    email: addressOf(person),
    firstName,
    lastName,
    requiredActions: [],
    credentials: password === undefined ? [] : [await hashedPassword(password)],
    groups: [`/${group}`],
  }
}

const machineUser: UserRepresentation = {
  username: machineUserName,
  enabled: true,
  serviceAccountClientId: machineClientId,
  groups: [`/${adminGroupName}`],
}
