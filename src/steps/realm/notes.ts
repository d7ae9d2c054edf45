import {shell} from '../../aws/command-line.js'
import {adminPasswordSecretName, studentsSecretName} from '../../environment/names.js'
import {adminUserName, realmName} from '../../environment/realm.js'
import type {RealmChange} from '../../results.js'
import {listed} from '../listed.js'
import type {ExistingRealm} from './look.js'
import type {StudentPasswords} from './student-passwords.js'

const plurals = {realm: 'Realms', client: 'Clients', group: 'Groups', user: 'Users'} satisfies Record<
  RealmChange['kind'],
  string
>

/** One line for all that the same was done to. */
export function changeLines(changes: readonly RealmChange[]): readonly string[] {
  const byLine = new Map<string, RealmChange[]>()
  for (const change of changes) {
    const key = `${change.kind} ${change.change}`
    byLine.set(key, [...(byLine.get(key) ?? []), change])
  }
  return [...byLine.values()].map(same => {
    const [{kind = 'realm', change = ''} = {}] = same
    const noun = same.length === 1 ? `${kind.charAt(0).toUpperCase()}${kind.slice(1)}` : plurals[kind]
    return `${noun} ${listed(same.map(({name}) => name))}: ${change}`
  })
}

/** What somebody should know of students for whom nothing was done, or who came back with the realm. */
export function studentNotes(options: {
  environment: string
  commandLine(command: string): string
  /** Whom the command named. */
  given: readonly string[]
  passwords: StudentPasswords
  /** Whom the secret named at the beginning. */
  known: readonly string[]
  /** User names of all accounts that there are now. */
  accounts: ReadonlySet<string>
  /** The realm was missing. */
  isAnew: boolean
  /** As they were before; undefined when there was no realm. */
  users: ExistingRealm['users'] | undefined
}): readonly string[] {
  const {environment, commandLine, given, passwords, known, accounts, isAnew, users} = options
  const others = known.filter(name => !given.includes(name))
  const stay = others.filter(name => accounts.has(name))
  const lost = others.filter(name => !accounts.has(name))
  const foreign = given.filter(name => users?.get(name)?.hasPassword === true && !passwords.has(name))
  const secret = studentsSecretName(environment)
  const note = (names: readonly string[], text: string) => (names.length === 0 ? [] : [text])
  return [
    ...note(
      stay,
      isAnew
        ? `There was no realm: it was created with the students of the secret ${secret} and their passwords: ${listed(stay)}`
        : `Students of earlier runs stay as they are, nobody is removed: ${listed(stay)}`,
    ),
    ...note(
      lost,
      `${listed(lost)} ${lost.length === 1 ? 'has a password' : 'have passwords'} in the secret ${secret}, but no account: \`${commandLine(shell`realm --students ${lost.join(',')}`)}\` makes ${lost.length === 1 ? 'it' : 'them'} again`,
    ),
    ...note(
      foreign,
      `Someone else created ${listed(foreign)}: the password is not known here, and was not changed`,
    ),
  ]
}

/** What somebody should know of accounts whose passwords would be handed out in vain. */
export function lockedOutNotes(
  names: readonly string[],
  {environment, url}: {environment: string; url: string},
): readonly string[] {
  const students = names.filter(name => name !== adminUserName)
  const note = (who: readonly string[], secret: string) => {
    if (who.length === 0) return []
    const [are, it] = who.length === 1 ? ['password of', 'it'] : ['passwords of', 'them']
    const verb = who.length === 1 ? 'is not the one' : 'are not those'
    return [
      `The ${are} ${listed(who)} in Keycloak ${verb} in the secret ${secret}: someone changed ${it}. Nothing was reset. Set ${it} to what the secret holds in Keycloak's console (${url}/admin/, realm ${realmName}, Users, Credentials), or put the password that works into the secret`,
    ]
  }
  return [
    ...(names.length === students.length ? [] : note([adminUserName], adminPasswordSecretName(environment))),
    ...note(students, studentsSecretName(environment)),
  ]
}
