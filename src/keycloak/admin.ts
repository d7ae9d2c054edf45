import type {KeycloakAdminClient} from '@keycloak/keycloak-admin-client/lib/client.js'
import type {Ask} from './keycloak.js'
import {isRefusedGrant, KeycloakProblem} from './problem.js'
import type {
  ClientRepresentation,
  Known,
  MapperRepresentation,
  Named,
  RealmRepresentation,
  UserRepresentation,
} from './representations.js'

/** One realm, through Keycloak's admin API. Nothing here deletes. */
export interface RealmAdmin {
  /** Undefined when there is none of that name. */
  realm(): Promise<RealmRepresentation | undefined>
  /** Makes the realm with all that the document holds, or nothing. */
  createRealm(document: RealmRepresentation): Promise<void>
  /** Changes the members that are given. */
  updateRealm(members: RealmRepresentation): Promise<void>
  client(clientId: string): Promise<(ClientRepresentation & Known) | undefined>
  createClient(client: ClientRepresentation): Promise<void>
  /** Takes the whole of what was read, changed. */
  updateClient(client: ClientRepresentation & Known): Promise<void>
  addMapper(client: Known, mapper: MapperRepresentation): Promise<void>
  /** Takes the whole of what was read, changed. */
  updateMapper(client: Known, mapper: MapperRepresentation & Known): Promise<void>
  clientScopes(): Promise<readonly Named[]>
  addDefaultScope(client: Known, scope: Known): Promise<void>
  /** The groups at the top. */
  groups(): Promise<readonly Named[]>
  createGroup(name: string): Promise<Named>
  /** All users but those of clients. */
  users(): Promise<readonly (UserRepresentation & Known)[]>
  /** The user that a client acts as; undefined when it has none. */
  userOfClient(client: Known): Promise<(UserRepresentation & Known) | undefined>
  createUser(user: UserRepresentation): Promise<void>
  /** Takes the whole of what was read, changed. */
  updateUser(user: UserRepresentation & Known): Promise<void>
  /** Ids of the users who have the role themselves. */
  holders(role: Named): Promise<ReadonlySet<string>>
  grant(user: Known, role: Named): Promise<void>
  /** Ids of the group's users. */
  members(group: Named): Promise<ReadonlySet<string>>
  join(user: Known, group: Named): Promise<void>
  hasPassword(user: Known): Promise<boolean>
  setPassword(user: Known, password: string): Promise<void>
  /** Whether this client can log this user in. */
  logsIn(login: Login): Promise<boolean>
}

/** A login by a client that may send passwords itself. */
export interface Login {
  readonly clientId: string
  readonly clientSecret: string
  readonly username: string
  readonly password: string
}

export function realmAdmin(client: KeycloakAdminClient, realm: string, ask: Ask): RealmAdmin {
  const {realms, clients, groups, users, roles, clientScopes} = client
  return {
    async realm() {
      const found = await ask('reading the realm', () => realms.findOne({realm}))
      return found ?? undefined
    },
    createRealm: document => done('making the realm', () => realms.create(document)),
    updateRealm: members => done('changing the realm', () => realms.update({realm}, members)),

    async client(clientId) {
      const found = await ask('reading clients', () => clients.find({clientId}))
      return found.filter(isKnown).find(each => each.clientId === clientId)
    },
    createClient: wanted => done('making a client', () => clients.create(wanted)),
    updateClient: changed => done('changing a client', () => clients.update({id: changed.id}, changed)),
    addMapper: ({id}, mapper) =>
      done('adding a mapper to a client', () => clients.addProtocolMapper({id}, mapper)),
    updateMapper: ({id}, mapper) =>
      done('changing the mapper of a client', () =>
        clients.updateProtocolMapper({id, mapperId: mapper.id}, mapper),
      ),
    async clientScopes() {
      return (await ask('reading client scopes', () => clientScopes.find())).flatMap(named)
    },
    addDefaultScope: ({id}, scope) =>
      done('adding a scope to a client', () => clients.addDefaultClientScope({id, clientScopeId: scope.id})),

    groups: async () => (await all('reading groups', page => groups.find(page))).flatMap(named),
    async createGroup(name) {
      const {id} = await ask('making a group', () => groups.create({name}))
      return {id, name}
    },

    users: async () => (await all('reading users', page => users.find(page))).filter(isKnown),
    async userOfClient({id}) {
      try {
        const user = await ask("reading a client's user", () => clients.getServiceAccountUser({id}))
        return isKnown(user) ? user : undefined
      } catch (error) {
        // Keycloak answers 400 for a client without one, 404 when it is gone.
        const isNone = error instanceof KeycloakProblem && (error.status === 400 || error.status === 404)
        if (isNone && error.kind === 'failed') return undefined
        throw error
      }
    },
    createUser: user => done('making a user', () => users.create(user)),
    updateUser: changed => done('changing a user', () => users.update({id: changed.id}, changed)),
    holders: ({name}) => idsOf('reading who has a role', page => roles.findUsersWithRole({name, ...page})),
    grant: ({id}, role) =>
      done('giving a role to a user', () => users.addRealmRoleMappings({id, roles: [{...role}]})),
    members: ({id}) => idsOf('reading the members of a group', page => groups.listMembers({id, ...page})),
    join: ({id}, group) =>
      done('putting a user into a group', () => users.addToGroup({id, groupId: group.id})),
    async hasPassword({id}) {
      const credentials = await ask('reading how a user logs in', () => users.getCredentials({id}))
      return credentials.some(({type}) => type === 'password')
    },
    setPassword: ({id}, value) =>
      done('setting the password of a user', () =>
        users.resetPassword({id, credential: {type: 'password', value, temporary: false}}),
      ),
    logsIn: login =>
      ask('trying a login', async () => {
        try {
          // The token that comes is not used: the client has a provider for its own.
          await client.auth({...login, grantType: 'password'})
          return true
        } catch (error) {
          if (isRefusedGrant(error)) return false
          throw error
        }
      }),
  }

  async function done(asked: string, request: () => Promise<unknown>): Promise<void> {
    await ask(asked, request)
  }

  async function idsOf(asked: string, request: PageRequest<Partial<Known>>): Promise<ReadonlySet<string>> {
    return new Set((await all(asked, request)).flatMap(({id}) => id ?? []))
  }

  async function all<T>(asked: string, request: PageRequest<T>): Promise<T[]> {
    const found: T[] = []
    for (;;) {
      // The library has null for what is gone meanwhile.
      const page = (await ask(asked, () => request({first: found.length, max: pageSize}))) ?? []
      found.push(...page)
      if (page.length < pageSize) return found
    }
  }
}

type PageRequest<T> = (page: {first: number; max: number}) => Promise<T[] | null>

/** A class fits into one. */
const pageSize = 250

function isKnown<T extends {id?: string}>(value: T): value is T & Known {
  return typeof value.id === 'string'
}

function named({id, name}: {id?: string; name?: string}): Named[] {
  return id === undefined || name === undefined ? [] : [{id, name}]
}
