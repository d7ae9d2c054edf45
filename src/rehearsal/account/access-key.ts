import {createHmac, randomBytes, randomInt} from 'node:crypto'
import type {AccessKey} from '../wire/sigv4.js'

/** How an id begins that belongs to no account of AWS: it says what it is. */
const idStart = 'REHEARSAL'
/** As long as AWS's own: 20 characters. */
const idLetters = 11
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
/** As long as AWS's own: 40 characters of base64. */
const secretBytes = 30

/** A key that nobody can guess: never from the seed, which everybody knows. */
export function newKey(): AccessKey {
  const id = Array.from({length: idLetters}, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  return {accessKeyId: `${idStart}${id}`, secretAccessKey: randomBytes(secretBytes).toString('base64')}
}

export function isAccessKey(value: Record<string, unknown>): value is Record<string, unknown> & AccessKey {
  const {accessKeyId, secretAccessKey} = value
  if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string') return false
  return /^REHEARSAL[A-Z0-9]{11}$/.test(accessKeyId) && /^[A-Za-z0-9+/]{40}$/.test(secretAccessKey)
}

/**
 * A secret that follows from the account's own and from words: it need not be kept, and who knows it knows no other.
 */
export function derivedSecret({secretAccessKey}: AccessKey, ...words: readonly string[]): Buffer {
  return createHmac('sha256', secretAccessKey).update(JSON.stringify(words)).digest()
}
