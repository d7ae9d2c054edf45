import {
  adminGroupName,
  defaultRoleName,
  machineClientId,
  studentGroupName,
  webClientId,
} from '../../environment/realm.js'
import type {RealmAdmin} from '../../keycloak/admin.js'
import type {
  ClientRepresentation,
  Known,
  Named,
  RealmRepresentation,
  UserRepresentation,
} from '../../keycloak/representations.js'
import {severalAtATime} from './several-at-a-time.js'

/** The realm as it is, as far as a class needs it. */
export interface ExistingRealm {
  readonly settings: RealmRepresentation
  /** By client id. */
  readonly clients: ReadonlyMap<string, ClientRepresentation & Known>
  /** At the top, by name. */
  readonly groups: ReadonlyMap<string, Named>
  /** By user name; all that there are. */
  readonly accounts: ReadonlyMap<string, UserRepresentation>
  /** By user name; of those that were asked for. */
  readonly users: ReadonlyMap<string, ExistingUser>
  /** What the machines' client acts as. */
  readonly machineUser: ExistingUser | undefined
  /** The role that every user shall have. */
  readonly defaultRole: Named | undefined
}

/** An account that exists. */
export interface ExistingUser {
  readonly user: UserRepresentation & Known
  /** Names of the groups, of those that count. */
  readonly groups: ReadonlySet<string>
  readonly hasDefaultRole: boolean
  readonly hasPassword: boolean
}

/** Groups whose members matter. */
const countingGroups: readonly string[] = [adminGroupName, studentGroupName]

/** Reads the realm and the users of these names; undefined when there is no such realm. */
export async function lookAtRealm(
  admin: RealmAdmin,
  names: readonly string[],
): Promise<ExistingRealm | undefined> {
  const settings = await admin.realm()
  if (settings === undefined) return undefined
  const [clients, groups, users] = await Promise.all([clientsOf(admin), admin.groups(), admin.users()])
  const machines = clients.get(machineClientId)
  const {id, name = defaultRoleName} = settings.defaultRole ?? {}
  const defaultRole = id === undefined ? undefined : {id, name}
  const counting = groups.filter(group => countingGroups.includes(group.name))
  const [holders, machineUser, ...members] = await Promise.all([
    defaultRole === undefined ? new Set<string>() : admin.holders(defaultRole),
    machines === undefined ? undefined : admin.userOfClient(machines),
    ...counting.map(group => admin.members(group)),
  ])
  const existing = (user: UserRepresentation & Known, hasPassword: boolean): ExistingUser => ({
    user,
    groups: new Set(counting.filter((_, index) => members[index]?.has(user.id)).map(group => group.name)),
    hasDefaultRole: holders.has(user.id),
    hasPassword,
  })
  const wanted = new Set(names)
  const found = new Map<string, ExistingUser>()
  await severalAtATime(
    users.filter(({username = ''}) => wanted.has(username)),
    async user => {
      found.set(user.username ?? '', existing(user, await admin.hasPassword(user)))
    },
  )
  return {
    settings,
    clients,
    groups: new Map(groups.map(group => [group.name, group])),
    accounts: new Map(users.map(user => [user.username ?? '', user])),
    users: found,
    machineUser: machineUser && existing(machineUser, true),
    defaultRole,
  }
}

async function clientsOf(admin: RealmAdmin): Promise<ExistingRealm['clients']> {
  const found = await Promise.all([webClientId, machineClientId].map(id => admin.client(id)))
  return new Map(found.flatMap(client => (client === undefined ? [] : [[client.clientId ?? '', client]])))
}
