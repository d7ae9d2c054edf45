import {adminUserName, realmName, verifyUserName} from '../../environment/realm.js'
import {openRealm, type UseRealm} from '../../keycloak/keycloak.js'
import type {RealmChange} from '../../results.js'
import {accessTo, addressIn} from './access.js'
import {agreeOnPasswords} from './agree-on-passwords.js'
import {convergeRealm} from './converge.js'
import {makePeople} from './converge-people.js'
import {madeByDocument, realmDocument} from './document.js'
import {lookAtRealm} from './look.js'
import {lockedOutNotes, studentNotes} from './notes.js'
import type {OnChange} from './on-change.js'
import type {RealmSecrets} from './secrets.js'
import {ensurePasswords, readPasswords, studentsIn} from './student-passwords.js'
import type {RealmTarget} from './target.js'
import {findLockedOut} from './try-logins.js'
import {type WantedRealm, wantedRealm} from './wanted.js'

/** What a run knows of its own attempts. */
export interface Run {
  readonly changes: RealmChange[]
  /** The realm was missing when the run began: its students come back with it. */
  isAnew: boolean
  /** Passwords of the students whose accounts this run made, or tried to, by user name. */
  readonly made: Map<string, string>
}

/** Looks, gives passwords to those who need one, and does the rest; hands back how many students can be handed one. */
export async function attempt(target: RealmTarget, secrets: RealmSecrets, run: Run): Promise<number> {
  const {aws, environment, outputs, tell} = target
  let passwords = await readPasswords(aws.secrets, environment)
  const useRealm = openRealm(
    accessTo(target, secrets, () => passwords),
    realmName,
  )
  const registryUrl = addressIn(outputs, 'RegistryUrl')
  const given = target.students ?? []
  const known = studentsIn(passwords)
  const existing = await useRealm(admin =>
    lookAtRealm(admin, [adminUserName, verifyUserName, ...given, ...(run.isAnew ? known : [])]),
  )
  run.isAnew ||= existing === undefined
  const students = run.isAnew ? [...new Set([...given, ...known])] : given
  const without = students.filter(name => existing?.users.get(name)?.hasPassword !== true)
  if (without.length > 0) passwords = await ensurePasswords(aws.secrets, environment, without)
  for (const name of without) run.made.set(name, passwords.get(name) ?? '')

  const wanted = wantedRealm({registryUrl, secrets, students, passwords})
  const onChange = (change: RealmChange) => run.changes.push(change)
  target.onChange()
  if (existing === undefined) await createRealm(useRealm, {wanted, onChange})
  else await useRealm(admin => convergeRealm(admin, {existing, wanted, onChange}))
  if (run.made.size > 0) passwords = await agreeOnPasswords({aws, environment, useRealm, made: run.made})

  const accounts = new Set([...(existing?.accounts.keys() ?? []), ...students])
  const lockedOut =
    existing === undefined ? [] : await useRealm(admin => findLockedOut(admin, {existing, wanted, passwords}))
  const url = addressIn(outputs, 'KeycloakUrl')
  const notes = [
    ...studentNotes({
      ...target,
      given,
      passwords,
      known,
      accounts,
      isAnew: run.isAnew,
      users: existing?.users,
    }),
    ...lockedOutNotes(lockedOut, {environment, url}),
  ]
  for (const text of notes) tell({kind: 'note', text})
  return studentsIn(passwords).filter(name => accounts.has(name)).length
}

/**
 * One request makes the realm with everything but its students. With 200 of them in the document Keycloak takes many times as
 * long as for as many requests, on a busy machine longer than CloudFront waits.
 */
async function createRealm(
  useRealm: UseRealm,
  {wanted, onChange}: {wanted: WantedRealm; onChange: OnChange},
): Promise<void> {
  const document = await realmDocument(wanted)
  await useRealm(admin => admin.createRealm(document))
  madeByDocument(wanted).forEach(onChange)
  await useRealm(admin => makePeople(admin, wanted.students, onChange))
}
