import {realmName} from '../../environment/realm.js'
import {KeycloakProblem} from '../../keycloak/problem.js'
import type {RealmChange, RealmState} from '../../results.js'
import {attempt, type Run} from './attempt.js'
import {realmFailure} from './failure.js'
import {changeLines} from './notes.js'
import {readSecrets} from './secrets.js'
import type {RealmTarget} from './target.js'

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
        const mayPass = error.isTransient || error.kind === 'login'
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
