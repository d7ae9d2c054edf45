import {letters} from '../account/random.js'
import type {World} from '../account/world.js'
import type {Call} from '../wire/call.js'

/** The account's one user. */
export function accountUser({account}: World): string {
  return `arn:aws:iam::${account.id}:user/rehearsal`
}

/** Who calls, in IAM's words: the account's one user, or the role behind temporary credentials. */
export function callerOf(world: World, {accessKeyId}: Pick<Call, 'accessKeyId'>) {
  const session = world.account.sessions?.[accessKeyId ?? '']
  return {
    Account: world.account.id,
    Arn: session?.arn ?? accountUser(world),
    UserId:
      session?.userId ??
      `AIDA${letters(world.account.seed, 17, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 'caller')}`,
  }
}
