import {pbkdf2Sync, randomBytes, timingSafeEqual} from 'node:crypto'
import {type KeycloakData, newId, type User} from './data.js'
import type {Digest} from './digest.js'

/** How Keycloak 23 digests a password. Source: its credentialData. */
const hashIterations = 27_500
const digestBytes = 64

/** Gives a user a password, as text or as a digest that somebody has made. */
export function setPassword(data: KeycloakData, user: User, password: string | Digest, now: number): void {
  const id = user.password?.id ?? newId(data)
  user.password = {id, createdDate: now, ...(typeof password === 'string' ? digestOf(password) : password)}
}

export function hasPassword({password}: User, value: string): boolean {
  if (!password) return false
  const made = derive(value, password)
  const known = Buffer.from(password.value, 'base64')
  return made.length === known.length && timingSafeEqual(made, known)
}

/** The digest in a credential of an export; undefined for one of another algorithm. */
export function digestIn({secretData, credentialData}: Record<string, unknown>): Digest | undefined {
  const [secret, how] = [objectIn(secretData), objectIn(credentialData)]
  const isKnown = how.algorithm === 'pbkdf2-sha256' && Number.isSafeInteger(how.hashIterations)
  if (!isKnown || typeof secret.value !== 'string' || typeof secret.salt !== 'string') return undefined
  return {value: secret.value, salt: secret.salt, hashIterations: Number(how.hashIterations)}
}

function objectIn(text: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(String(text))
    return typeof value === 'object' && value !== null ? {...value} : {}
  } catch {
    return {}
  }
}

function digestOf(text: string): Digest {
  const salt = randomBytes(16).toString('base64')
  const value = derive(text, {salt, hashIterations, value: ''}).toString('base64')
  return {value, salt, hashIterations}
}

/** Digests that are kept, because each takes some milliseconds and people log in with the same password again and again. */
const keptDigests = 200
const digests = new Map<string, Buffer>()

/** As long as the digest that is known. */
function derive(text: string, {salt, hashIterations: rounds, value}: Digest): Buffer {
  const length = Buffer.from(value, 'base64').length || digestBytes
  const key = JSON.stringify([text, salt, rounds, length])
  const known = digests.get(key)
  if (known) return known
  const made = pbkdf2Sync(text, Buffer.from(salt, 'base64'), rounds, length, 'sha256')
  const [oldest] = digests.keys()
  if (digests.size >= keptDigests && oldest !== undefined) digests.delete(oldest)
  digests.set(key, made)
  return made
}
