import type {Aws} from '../../aws/aws.js'
import type {Clock} from '../../clock.js'
import {
  adminUserName,
  isReservedName,
  isUserName,
  realmName,
  verifyUserName,
} from '../../environment/realm.js'
import type {RealmAdmin} from '../../keycloak/admin.js'
import {type KeycloakAccess, openRealm, type UseRealm} from '../../keycloak/keycloak.js'
import {KeycloakProblem} from '../../keycloak/problem.js'
import type {ProgressSink} from '../../progress.js'
import type {RealmChange, RealmState} from '../../results.js'
import {known} from '../context.js'
import {agreeOnPasswords} from './agree-on-passwords.js'
import {convergeRealm, type OnChange} from './converge.js'
import {makePeople} from './converge-people.js'
import {madeByDocument, realmDocument} from './document.js'
import {realmFailure} from './failure.js'
import {lookAtRealm, type StandingRealm} from './look.js'
import {changeLines, lockedOutNotes, studentNotes} from './notes.js'
import {type RealmSecrets, readSecrets} from './secrets.js'
import {ensurePasswords, readPasswords, type StudentPasswords} from './student-passwords.js'
import {thoseLockedOut} from './try-logins.js'
import {type WantedRealm, wantedRealm} from './wanted.js'

/** What making the realm needs to know. */
export interface RealmTarget {
  readonly aws: Pick<Aws, 'secrets' | 'web'>
  readonly clock: Clock
  readonly environment: string
  /** Of the environment's stacks: RegistryUrl and KeycloakUrl. */
  readonly outputs: Readonly<Record<string, string>>
  /** Of the environment's stacks: KeycloakAdminUsername. */
  readonly parameters: Readonly<Record<string, string>>
  /** Names of the students that shall be able to log in; undefined when nothing was said of any. */
  readonly students: readonly string[] | undefined
  /** How long, of the clock, Keycloak may give no answer. */
  readonly patienceMs: number
  readonly signal: AbortSignal
  readonly tell: ProgressSink
  commandLine(command: string): string
  /** Told once when something is about to be changed. */
  onChange(): void
}

const firstPauseMs = 2_000
const longestPauseMs = 10_000
/** At its first start Keycloak answers, and is ready, before it has made its administrator. Source: seen with 23.0.7. */
const loginPatienceMs = 10_000
/** Somebody else makes the same thing at the same time: after looking again it is there. */
const mostCollisions = 3

/**
 * Makes the realm that a class logs in to, or what it lacks, and says what was done. Every attempt begins by looking,
 * so that a run that stopped anywhere, or a change by hand, needs nothing but another run.
 * @throws McpgwError REALM_UNREACHABLE, REALM_LOGIN_REFUSED, REALM_FAILED; ENVIRONMENT_TOO_OLD, SECRET_UNUSABLE,
 * SECRET_CONTENDED and TOO_MANY_STUDENTS
 */
export async function makeRealm(target: RealmTarget): Promise<RealmState> {
  const {aws, clock, environment, tell, signal, patienceMs} = target
  const secrets = await readSecrets(aws.secrets, environment, target.commandLine)
  const changes: RealmChange[] = []
  const run: Run = {changes, isAnew: false, made: new Map()}
  const startedAt = clock.now()
  const deadline = startedAt + patienceMs
  let told = ''
  let collisions = 0
  try {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        const students = await attempt(target, secrets, run)
        return {name: realmName, changes, students}
      } catch (error) {
        if (!(error instanceof KeycloakProblem)) throw error
        if (error.kind === 'taken' && ++collisions < mostCollisions) continue
        const patientUntil = error.kind === 'login' ? startedAt + loginPatienceMs : deadline
        const mayPass = error.isPassing || error.kind === 'login'
        if (!mayPass || clock.now() >= patientUntil) throw realmFailure(error, target)
        if (told !== error.message) tell({kind: 'note', text: `Keycloak: ${error.message}; trying again`})
        told = error.message
        await clock.sleep(pauseMs, signal)
      }
    }
  } finally {
    // What was changed is told however it ends.
    for (const text of changeLines(changes)) tell({kind: 'note', text})
  }
}

/** What a run knows of its own attempts. */
interface Run {
  readonly changes: RealmChange[]
  /** The realm was missing when the run began: its students come back with it. */
  isAnew: boolean
  /** Passwords of the students whose accounts this run made, or tried to, by user name. */
  readonly made: Map<string, string>
}

/** Looks, gives passwords to those who need one, and does the rest; hands back how many students can be handed one. */
async function attempt(target: RealmTarget, secrets: RealmSecrets, run: Run): Promise<number> {
  const {aws, environment, outputs, tell} = target
  let passwords = await readPasswords(aws.secrets, environment)
  const useRealm = openRealm(
    accessTo(target, secrets, () => passwords),
    realmName,
  )
  const registryUrl = addressIn(outputs, 'RegistryUrl')
  const given = target.students ?? []
  const known = studentsIn(passwords)
  const standing = await useRealm(admin =>
    lookAtRealm(admin, [adminUserName, verifyUserName, ...given, ...(run.isAnew ? known : [])]),
  )
  run.isAnew ||= standing === undefined
  const students = run.isAnew ? [...new Set([...given, ...known])] : given
  const without = students.filter(name => standing?.users.get(name)?.hasPassword !== true)
  if (without.length > 0) passwords = await ensurePasswords(aws.secrets, environment, without)
  for (const name of without) run.made.set(name, passwords.get(name) ?? '')

  const wanted = wantedRealm({registryUrl, secrets, students, passwords})
  const onChange = (change: RealmChange) => run.changes.push(change)
  target.onChange()
  if (standing === undefined) await createRealm(useRealm, {wanted, onChange})
  else await useRealm(admin => convergeRealm(admin, {standing, wanted, onChange}))
  if (run.made.size > 0) passwords = await agreeOnPasswords({aws, environment, useRealm, made: run.made})

  const accounts = new Set([...(standing?.accounts.keys() ?? []), ...students])
  const lockedOut =
    standing === undefined ? [] : await useRealm(admin => findLockedOut(admin, {standing, wanted, passwords}))
  const url = addressIn(outputs, 'KeycloakUrl')
  const notes = [
    ...studentNotes({
      ...target,
      given,
      passwords,
      known,
      accounts,
      isAnew: run.isAnew,
      users: standing?.users,
    }),
    ...lockedOutNotes(lockedOut, {environment, url}),
  ]
  for (const text of notes) tell({kind: 'note', text})
  return studentsIn(passwords).filter(name => accounts.has(name)).length
}

/** Somebody may have put other names into the secret by hand: those of other accounts, or none that a student can have. */
function studentsIn(passwords: StudentPasswords): readonly string[] {
  return [...passwords.keys()].filter(name => isUserName(name) && !isReservedName(name))
}

/**
 * Who had an account before this run and is not let in by the password that would be handed out. Those whom somebody has
 * disabled, or who have a form to fill in, are left alone unless they were asked for, and then they are mended already.
 */
function findLockedOut(
  admin: RealmAdmin,
  {standing, wanted, passwords}: {standing: StandingRealm; wanted: WantedRealm; passwords: StudentPasswords},
): Promise<readonly string[]> {
  const mended = new Set([...wanted.people, ...wanted.students].map(({name}) => name))
  const isTried = (name: string) => {
    const account = standing.accounts.get(name)
    if (account === undefined) return false
    if (mended.has(name)) return standing.users.get(name)?.hasPassword === true
    return account.enabled === true && (account.requiredActions ?? []).length === 0
  }
  const people = [
    ...wanted.people.filter(({isNobody}) => !isNobody),
    ...studentsIn(passwords).map(name => ({name, password: passwords.get(name)})),
  ]
  return thoseLockedOut(
    admin,
    people.filter(({name}) => isTried(name)),
    wanted,
  )
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

function accessTo(
  {aws: {web}, clock, signal, outputs, parameters}: RealmTarget,
  secrets: RealmSecrets,
  passwords: () => StudentPasswords,
): KeycloakAccess {
  return {
    web,
    clock,
    signal,
    url: addressIn(outputs, 'KeycloakUrl'),
    user: known(parameters.KeycloakAdminUsername, 'the name of the administrator of Keycloak'),
    password: secrets.keycloakAdmin,
    clean: text =>
      [...Object.values(secrets), ...passwords().values()]
        // An empty one would be found between any two characters.
        .filter(secret => secret !== '')
        .reduce((clean, secret) => clean.replaceAll(secret, '****'), text),
  }
}

/** Without a slash at its end. */
function addressIn(outputs: Readonly<Record<string, string>>, name: string): string {
  return known(outputs[name], `the output ${name}`).replace(/\/+$/, '')
}
