import {letters} from '../account/random.js'
import type {World} from '../account/world.js'
import type {Operations} from '../wire/operations.js'

/** Whoever calls is the account's one user: signatures are not checked here. Source: STS API reference. */
export function stsOperations(world: World) {
  return {
    GetCallerIdentity: () => ({
      Account: world.account.id,
      Arn: `arn:aws:iam::${world.account.id}:user/rehearsal`,
      UserId: `AIDA${letters(world.account.seed, 17, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 'caller')}`,
    }),
  } satisfies Operations<'sts'>
}
