import {webClientId} from '../../environment/realm.js'
import type {RealmAdmin} from '../../keycloak/admin.js'
import type {ExistingRealm} from './look.js'
import {severalAtATime} from './several-at-a-time.js'
import {type StudentPasswords, studentsIn} from './student-passwords.js'
import type {Person, WantedRealm} from './wanted.js'

/** Whether the web client can log somebody in with the password that is wanted. */
export async function logsIn(
  admin: RealmAdmin,
  {name, password = ''}: Pick<Person, 'name' | 'password'>,
  {clients}: Pick<WantedRealm, 'clients'>,
): Promise<boolean> {
  const client = clients.find(({clientId}) => clientId === webClientId)
  return admin.logsIn({
    clientId: webClientId,
    clientSecret: client?.secret ?? '',
    username: name,
    password,
  })
}

/**
 * Who had an account before this run and is not let in by the password that would be handed out. Those whom somebody has
 * disabled, or who have a form to fill in, are left alone unless they were asked for, and then they are fixed already.
 */
export async function findLockedOut(
  admin: RealmAdmin,
  {existing, wanted, passwords}: {existing: ExistingRealm; wanted: WantedRealm; passwords: StudentPasswords},
): Promise<readonly string[]> {
  const fixed = new Set([...wanted.people, ...wanted.students].map(({name}) => name))
  const isTried = (name: string) => {
    const account = existing.accounts.get(name)
    if (account === undefined) return false
    if (fixed.has(name)) return existing.users.get(name)?.hasPassword === true
    return account.enabled === true && (account.requiredActions ?? []).length === 0
  }
  const people = [
    ...wanted.people.filter(({isNobody}) => !isNobody),
    ...studentsIn(passwords).map(name => ({name, password: passwords.get(name)})),
  ]
  const tried = people.filter(({name}) => isTried(name))
  const out = new Set<string>()
  await severalAtATime(tried, async person => {
    if (!(await logsIn(admin, person, wanted))) out.add(person.name)
  })
  return tried.map(({name}) => name).filter(name => out.has(name))
}
