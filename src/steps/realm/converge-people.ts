import {webClientId} from '../../environment/realm.js'
import type {RealmAdmin} from '../../keycloak/admin.js'
import type {Named} from '../../keycloak/representations.js'
import type {OnChange} from './converge.js'
import {userDocument} from './document.js'
import type {StandingRealm, StandingUser} from './look.js'
import {severalAtATime} from './several-at-a-time.js'
import type {Person, WantedRealm} from './wanted.js'

/** What an account is made or mended with. */
interface Surroundings {
  readonly wanted: WantedRealm
  readonly standing: StandingRealm
  /** By name, those that were just made too. */
  readonly groups: ReadonlyMap<string, Named>
  readonly onChange: OnChange
}

/**
 * Makes accounts that are missing and mends those that cannot log in. A password that somebody may know is set where
 * there is none, and nowhere else.
 */
export async function convergePeople(admin: RealmAdmin, surroundings: Surroundings): Promise<void> {
  const {people} = surroundings.wanted
  const changes = new Map(people.map(({name}) => [name, [] as string[]]))
  try {
    await severalAtATime(people, person =>
      convergePerson(admin, person, {
        ...surroundings,
        onChange: ({change}) => changes.get(person.name)?.push(change),
      }),
    )
  } finally {
    // In the order of the people, not in the one in which Keycloak was ready.
    for (const [name, each] of changes)
      for (const change of each) surroundings.onChange({kind: 'user', name, change})
  }
}

async function convergePerson(admin: RealmAdmin, person: Person, surroundings: Surroundings): Promise<void> {
  const {name, password} = person
  const {standing, groups, onChange} = surroundings
  const tell = (change: string) => onChange({kind: 'user', name, change})
  const found = standing.users.get(name)
  if (found === undefined) {
    await admin.createUser(await userDocument(person))
    return tell('made')
  }
  const {defaultRole} = standing
  await convergeUser(admin, {name, group: groups.get(person.group), found, defaultRole, onChange})
  if (password === undefined) return
  if (!found.hasPassword) {
    await admin.setPassword(found.user, password)
    tell('password set, since there was none')
  } else if (person.isNobody && !(await logsIn(admin, person, surroundings))) {
    await admin.setPassword(found.user, password)
    tell('password set to the one in Secrets Manager')
  }
}

async function logsIn(
  admin: RealmAdmin,
  {name, password = ''}: Person,
  {wanted}: Surroundings,
): Promise<boolean> {
  const client = wanted.clients.find(({clientId}) => clientId === webClientId)
  return admin.logsIn({
    clientId: webClientId,
    clientSecret: client?.secret ?? '',
    username: name,
    password,
  })
}

/** Lets an account that exists log in without a form, and into its group. */
export async function convergeUser(
  admin: RealmAdmin,
  options: {
    name: string
    group: Named | undefined
    found: StandingUser
    defaultRole: Named | undefined
    onChange: OnChange
  },
): Promise<void> {
  const {name, group, found, defaultRole, onChange} = options
  const {user} = found
  const tell = (change: string) => onChange({kind: 'user', name, change})
  const isOfClient = user.serviceAccountClientId !== undefined
  const {enabled, emailVerified, requiredActions = []} = user
  const changes = [
    ...(enabled === true ? [] : ['enabled']),
    ...(emailVerified === true || isOfClient || user.email === undefined ? [] : ['e-mail address verified']),
    ...(requiredActions.length === 0 ? [] : [`required action ${requiredActions.join(' and ')} removed`]),
  ]
  if (changes.length > 0) {
    await admin.updateUser({
      ...user,
      enabled: true,
      ...(isOfClient ? {} : {emailVerified: true}),
      requiredActions: [],
    })
    changes.forEach(tell)
  }
  if (group !== undefined && !found.groups.has(group.name)) {
    await admin.join(user, group)
    tell(`put into group ${group.name}`)
  }
  if (defaultRole !== undefined && !found.hasDefaultRole) {
    await admin.grant(user, defaultRole)
    tell(`given role ${defaultRole.name}`)
  }
}
