import type {RealmAdmin} from '../../keycloak/admin.js'
import type {Named} from '../../keycloak/representations.js'
import {userDocument} from './document.js'
import type {ExistingRealm, ExistingUser} from './look.js'
import type {OnChange} from './on-change.js'
import {severalAtATime} from './several-at-a-time.js'
import {logsIn} from './try-logins.js'
import type {Person, WantedRealm} from './wanted.js'

/** What an account is made or fixed with. */
interface Surroundings {
  readonly wanted: WantedRealm
  readonly existing: ExistingRealm
  /** By name, those that were just made too. */
  readonly groups: ReadonlyMap<string, Named>
  readonly onChange: OnChange
}

/**
 * Makes accounts that are missing and fixes those that cannot log in. A password that somebody may know is set where
 * there is none, and nowhere else.
 */
export async function convergePeople(admin: RealmAdmin, surroundings: Surroundings): Promise<void> {
  const {wanted, onChange} = surroundings
  await forPeople([...wanted.people, ...wanted.students], onChange, (person, tell) =>
    convergePerson(admin, person, {...surroundings, tell}),
  )
}

/** Makes accounts in a realm that has just been made. */
export async function makePeople(
  admin: RealmAdmin,
  people: readonly Person[],
  onChange: OnChange,
): Promise<void> {
  await forPeople(people, onChange, (person, tell) => makePerson(admin, person, tell))
}

type Tell = (change: string) => void

/** Tells changes in the order of the people, not in the one in which Keycloak was ready. */
async function forPeople(
  people: readonly Person[],
  onChange: OnChange,
  work: (person: Person, tell: Tell) => Promise<void>,
): Promise<void> {
  const changes = new Map(people.map(({name}) => [name, [] as string[]]))
  try {
    await severalAtATime(people, person => work(person, change => changes.get(person.name)?.push(change)))
  } finally {
    for (const [name, each] of changes) for (const change of each) onChange({kind: 'user', name, change})
  }
}

async function makePerson(admin: RealmAdmin, person: Person, tell: Tell): Promise<void> {
  await admin.createUser(await userDocument(person))
  tell('created')
}

async function convergePerson(
  admin: RealmAdmin,
  person: Person,
  surroundings: Surroundings & {tell: Tell},
): Promise<void> {
  const {name, password} = person
  const {existing, groups, tell} = surroundings
  const found = existing.users.get(name)
  if (found === undefined) return makePerson(admin, person, tell)
  const {defaultRole} = existing
  await convergeUser(admin, {group: groups.get(person.group), found, defaultRole, tell})
  if (password === undefined) return
  if (!found.hasPassword) {
    await admin.setPassword(found.user, password)
    tell('password set, since there was none')
  } else if (person.isNobody && !(await logsIn(admin, person, surroundings.wanted))) {
    await admin.setPassword(found.user, password)
    tell('password set to the one in Secrets Manager')
  }
}

/** Lets an account that exists log in without a form, and into its group. */
export async function convergeUser(
  admin: RealmAdmin,
  options: {
    group: Named | undefined
    found: ExistingUser
    defaultRole: Named | undefined
    tell(change: string): void
  },
): Promise<void> {
  const {group, found, defaultRole, tell} = options
  const {user} = found
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
    for (const change of changes) tell(change)
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
