import {webClientId} from '../../environment/realm.js'
import type {RealmAdmin} from '../../keycloak/admin.js'
import {severalAtATime} from './several-at-a-time.js'
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

/** Those of `people` whom their passwords do not let in, in the same order. Changes nothing. */
export async function thoseLockedOut(
  admin: RealmAdmin,
  people: readonly Pick<Person, 'name' | 'password'>[],
  wanted: Pick<WantedRealm, 'clients'>,
): Promise<readonly string[]> {
  const out = new Set<string>()
  await severalAtATime(people, async person => {
    if (!(await logsIn(admin, person, wanted))) out.add(person.name)
  })
  return people.map(({name}) => name).filter(name => out.has(name))
}
