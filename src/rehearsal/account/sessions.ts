import type {KnownKey} from '../wire/authenticate.js'
import type {AccessKey} from '../wire/sigv4.js'
import {derivedSecret} from './access-key.js'
import type {Session} from './session.js'
import type {World} from './world.js'

/** Access key id of the account's own functions. Faults for clients do not apply to them: they are inside AWS. */
export const functionKeyId = 'LAMBDA'

/** Keys of the account's one user that everybody knows. They are good, with any secret, in an account that is open. */
const openKeyIds = ['rehearsal', 'test']

/** What the account says of a key: its own, one that its STS gave out, or that of its functions. */
export function knownKey(
  world: World,
  accessKeyId: string,
  sessionToken: string | undefined,
  isOpen = false,
): KnownKey {
  const session = world.account.sessions?.[accessKeyId]
  if (session) {
    if (session.sessionToken !== sessionToken) return {state: 'badToken'}
    if (session.expiresAt <= world.now) return {state: 'expired'}
    return {state: 'known', secretAccessKey: secretOf(world, accessKeyId)}
  }
  if (isOpen && openKeyIds.includes(accessKeyId)) return {state: 'open'}
  if (accessKeyId !== world.key.accessKeyId && accessKeyId !== functionKeyId) return {state: 'unknown'}
  // A token makes of a lasting key another one, which nobody has.
  if (sessionToken !== undefined) return {state: 'badToken'}
  const secretAccessKey =
    accessKeyId === functionKeyId ? secretOf(world, accessKeyId) : world.key.secretAccessKey
  return {state: 'known', secretAccessKey}
}

/** As long as AWS's own. */
const secretLength = 40

/** The secret of a key that the account gives out besides its own. */
export function secretOf(world: World, accessKeyId: string): string {
  return derivedSecret(world.key, 'access key', accessKeyId).toString('base64').slice(0, secretLength)
}

const letterSet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Gives out temporary credentials, good for `seconds` of the account's time. */
export function newSession(
  world: World,
  {arn, userId, seconds}: {arn: string; userId: string; seconds: number},
): Session & AccessKey {
  const sessions = world.account.sessions ?? {}
  world.account.sessions = sessions
  const id = Array.from(Buffer.from(world.newHex(32), 'hex'), byte => letterSet.charAt(byte % 32)).join('')
  const accessKeyId = `ASIA${id}`
  const session = {
    sessionToken: Buffer.from(`${world.newHex(64)}${world.newHex(64)}`, 'hex').toString('base64'),
    expiresAt: world.now + seconds * 1000,
    arn,
    userId,
  }
  sessions[accessKeyId] = session
  return {...session, accessKeyId, secretAccessKey: secretOf(world, accessKeyId)}
}
