import type {RealmAdmin} from '../../keycloak/admin.js'
import type {Named} from '../../keycloak/representations.js'
import type {OnChange} from './converge.js'
import {userDocument} from './document.js'
import type {StandingRealm, StandingUser} from './look.js'
import {severalAtATime} from './several-at-a-time.js'
import type {Person} from './wanted.js'

/** Makes accounts that are missing and mends those that cannot log in. A password is set where there is none, and nowhere else. */
export async function convergePeople(
  admin: RealmAdmin,
  {
    people,
    standing,
    groups,
    onChange,
  }: {
    people: readonly Person[]
    standing: StandingRealm
    groups: ReadonlyMap<string, Named>
    onChange: OnChange
  },
): Promise<void> {
  await severalAtATime(people, async person => {
    const {name, password} = person
    const tell = (change: string) => onChange({kind: 'user', name, change})
    const found = standing.users.get(name)
    if (found === undefined) {
      await admin.createUser(await userDocument(person))
      return tell('made')
    }
    const {defaultRole} = standing
    await convergeUser(admin, {name, group: groups.get(person.group), found, defaultRole, onChange})
    if (found.hasPassword || password === undefined) return
    await admin.setPassword(found.user, password)
    tell('password set, since there was none')
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
