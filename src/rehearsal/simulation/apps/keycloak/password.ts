import {createHash} from 'node:crypto'
import {type KeycloakData, newId, type User} from './data.js'

/** Gives a user a password. Only a digest is kept; the account makes nobody wait as long as the real one has to. */
export function setPassword(data: KeycloakData, user: User, value: string, now: number): void {
  const id = user.password?.id ?? newId(data)
  user.password = {id, digest: digestOf(user, value), createdDate: now}
}

export function hasPassword(user: User, value: string): boolean {
  return user.password?.digest === digestOf(user, value)
}

function digestOf({id}: User, value: string): string {
  return createHash('sha256').update(`${id}\n${value}`).digest('base64url')
}
