import type {KeycloakAdminClient} from '@keycloak/keycloak-admin-client/lib/client.js'
import type {Ask} from './ask.js'
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
  addMapper(client: KnownClient, mapper: MapperRepresentation): Promise<void>
  /** Takes the whole of what was read, changed. */
  updateMapper(client: KnownClient, mapper: MapperRepresentation & Known): Promise<void>
  clientScopes(): Promise<readonly Named[]>
  addDefaultScope(client: KnownClient, scope: Known): Promise<void>
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
  grant(user: KnownUser, role: Named): Promise<void>
  /** Ids of the group's users. */
  members(group: Named): Promise<ReadonlySet<string>>
  join(user: KnownUser, group: Named): Promise<void>
  hasPassword(user: KnownUser): Promise<boolean>
  setPassword(user: KnownUser, password: string): Promise<void>
  /** Whether this client can log this user in. */
  logsIn(login: Login): Promise<boolean>
}

type KnownClient = Known & ClientRepresentation
type KnownUser = Known & UserRepresentation

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
    createClient: wanted => done(`making the client ${wanted.clientId}`, () => clients.create(wanted)),
    updateClient: changed =>
      done(`changing the client ${changed.clientId}`, () => clients.update({id: changed.id}, changed)),
    addMapper: ({id, clientId}, mapper) =>
      done(`adding a mapper to the client ${clientId}`, () => clients.addProtocolMapper({id}, mapper)),
    updateMapper: ({id, clientId}, mapper) =>
      done(`changing the mapper of the client ${clientId}`, () =>
        clients.updateProtocolMapper({id, mapperId: mapper.id}, mapper),
      ),
    async clientScopes() {
      return (await ask('reading client scopes', () => clientScopes.find())).flatMap(named)
    },
    addDefaultScope: ({id, clientId}, scope) =>
      done(`adding a scope to the client ${clientId}`, () =>
        clients.addDefaultClientScope({id, clientScopeId: scope.id}),
      ),

    groups: async () => (await all('reading groups', page => groups.find(page))).flatMap(named),
    async createGroup(name) {
      const {id} = await ask(`making the group ${name}`, () => groups.create({name}))
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
    createUser: user => done(`making the user ${user.username}`, () => users.create(user)),
    updateUser: changed =>
      done(`changing the user ${changed.username}`, () => users.update({id: changed.id}, changed)),
    holders: ({name}) => idsOf('reading who has a role', page => roles.findUsersWithRole({name, ...page})),
    grant: ({id, username}, role) =>
      done(`giving role ${role.name} to the user ${username}`, () =>
        users.addRealmRoleMappings({id, roles: [{...role}]}),
      ),
    members: ({id}) => idsOf('reading the members of a group', page => groups.listMembers({id, ...page})),
    join: ({id, username}, group) =>
      done(`putting the user ${username} into group ${group.name}`, () =>
        users.addToGroup({id, groupId: group.id}),
      ),
    async hasPassword({id, username}) {
      const credentials = await ask(`reading how the user ${username} logs in`, () =>
        users.getCredentials({id}),
      )
      return credentials.some(({type}) => type === 'password')
    },
    setPassword: ({id, username}, value) =>
      done(`setting the password of the user ${username}`, () =>
        users.resetPassword({id, credential: {type: 'password', value, temporary: false}}),
      ),
    logsIn: login =>
      ask(
        `trying the login of ${login.username}`,
        async () => {
          try {
            // The token that comes is not used: the client has a provider for its own.
            await client.auth({...login, grantType: 'password'})
            return true
          } catch (error) {
            if (isRefusedGrant(error)) return false
            throw error
          }
        },
        {isTrial: true},
      ),
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
