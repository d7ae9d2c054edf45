import {letters} from '../account/random.js'
import type {World} from '../account/world.js'
import type {Call} from '../wire/call.js'

/** Who calls, in IAM's words: the account's one user, or the role behind temporary credentials. */
export function callerOf(world: World, {accessKeyId}: Pick<Call, 'accessKeyId'>) {
  const session = world.account.sessions?.[accessKeyId ?? '']
  return {
    Account: world.account.id,
    Arn: session?.arn ?? `arn:aws:iam::${world.account.id}:user/rehearsal`,
    UserId:
      session?.userId ??
      `AIDA${letters(world.account.seed, 17, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 'caller')}`,
  }
}
