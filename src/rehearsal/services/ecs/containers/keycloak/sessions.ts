import {randomUUID} from 'node:crypto'
import type {Task} from '../../../../account/account.js'
import type {Realm} from './data.js'
import {realmDefaults} from './realm-defaults.js'
import type {RealmVisit} from './visit.js'

/**
 * What a Keycloak keeps in memory: it goes with its task, and another task does not know it.
 * Source: Keycloak 23, "Configuring distributed caches": sessions are not in the database.
 */
export interface Sessions {
  /** Logins under way. */
  logins: Login[]
  users: UserSession[]
  codes: Code[]
}

/** A login under way: from the form until the code. */
export interface Login {
  id: string
  realm: string
  clientId: string
  redirectUri: string
  scope: string
  state?: string
  nonce?: string
  challenge?: {method: string; value: string}
  /** Which of the forms is the latest; only it counts. */
  formCode: string
  tab: string
  startedAt: number
}

export interface UserSession {
  id: string
  realm: string
  userId: string
  startedAt: number
  usedAt: number
  /** The latest login in it needed no password, since the browser was logged in already. */
  isSilent?: boolean
}

/** A code that can be exchanged for tokens, once. */
export interface Code {
  code: string
  sessionId: string
  clientId: string
  redirectUri: string
  scope: string
  nonce?: string
  challenge?: {method: string; value: string}
  madeAt: number
}

/** More than any class has at once; the oldest go, as nobody waits for a login that was given up. */
const mostRemembered = 2000

export function sessionsOf(task: Task): Sessions {
  task.memory ??= {}
  task.memory.keycloak ??= {logins: [], users: [], codes: []} satisfies Sessions
  return task.memory.keycloak as Sessions
}

export function remember<T>(list: T[], item: T): T {
  list.push(item)
  if (list.length > mostRemembered) list.splice(0, list.length - mostRemembered)
  return item
}

export function beginSession(
  task: Task,
  realm: Realm,
  userId: string,
  now: number,
  id?: string,
): UserSession {
  return remember(sessionsOf(task).users, {
    id: id ?? randomUUID(),
    realm: realm.realm,
    userId,
    startedAt: now,
    usedAt: now,
  })
}

/** The session of that id, if it lives; it has been used then. */
export function liveSession(
  {container: {task}, realm, now, expiryNow}: Pick<RealmVisit, 'container' | 'realm' | 'now' | 'expiryNow'>,
  id: unknown,
): UserSession | undefined {
  const session = sessionsOf(task).users.find(each => each.id === id && each.realm === realm.realm)
  if (!session) return undefined
  const idle = secondsOf(realm, 'ssoSessionIdleTimeout')
  const longest = secondsOf(realm, 'ssoSessionMaxLifespan')
  if (expiryNow > session.usedAt + idle * 1000 || expiryNow > session.startedAt + longest * 1000) {
    endSession(task, session.id)
    return undefined
  }
  session.usedAt = now
  return session
}

export function endSession(task: Task, id: string): void {
  const sessions = sessionsOf(task)
  sessions.users = sessions.users.filter(session => session.id !== id)
  sessions.codes = sessions.codes.filter(({sessionId}) => sessionId !== id)
}

/** A setting of a realm in seconds. */
export function secondsOf({settings}: Realm, name: string): number {
  return Number(settings[name] ?? realmDefaults[name] ?? 0)
}
