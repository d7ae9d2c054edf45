import type {KeyState} from '../wire/authenticate.js'
import type {World} from './world.js'

/** Temporary credentials that the account's STS has given out. */
export interface Session {
  secretAccessKey: string
  sessionToken: string
  /** Of the account's own time, in epoch milliseconds. */
  expiresAt: number
  /** Who calls with it. */
  arn: string
  userId: string
}

/** How AWS's own access keys look: long-lived and temporary ones. Source: IAM user guide, "IAM identifiers". */
const likeAws = /^A[KS]IA[A-Z2-7]{16}$/

/**
 * What the account says of a key. One that looks like AWS's own is known only when this account's STS gave it out:
 * it belongs to somebody else's account. Any other one, `rehearsal` or `test`, is the account's one user.
 */
export function keyStateIn(world: World, accessKeyId: string, sessionToken: string | undefined): KeyState {
  const session = world.account.sessions?.[accessKeyId]
  if (!session) return accessKeyId === '' || likeAws.test(accessKeyId) ? 'unknown' : 'known'
  if (session.sessionToken !== sessionToken) return 'badToken'
  return session.expiresAt <= world.now ? 'expired' : 'known'
}

const letterSet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Gives out temporary credentials, good for `seconds` of the account's time. */
export function newSession(
  world: World,
  {arn, userId, seconds}: {arn: string; userId: string; seconds: number},
): Session & {accessKeyId: string} {
  const sessions = world.account.sessions ?? {}
  world.account.sessions = sessions
  const id = Array.from(Buffer.from(world.newHex(32), 'hex'), byte => letterSet.charAt(byte % 32)).join('')
  const accessKeyId = `ASIA${id}`
  const session = {
    secretAccessKey: Buffer.from(world.newHex(60), 'hex').toString('base64'),
    sessionToken: Buffer.from(`${world.newHex(64)}${world.newHex(64)}`, 'hex').toString('base64'),
    expiresAt: world.now + seconds * 1000,
    arn,
    userId,
  }
  sessions[accessKeyId] = session
  return {...session, accessKeyId}
}
