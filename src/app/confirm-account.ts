import {refused} from '../errors.js'
import type {AwsContext} from '../steps/context.js'
import {visible} from '../visible.js'
import {askFor, canAsk} from './confirm.js'

/** What in an account's alias says that it is a production account. */
const production = /prod/i

/**
 * In an account whose alias says that it is for production, the alias has to be typed, or given by `--account-alias`:
 * `--yes` is a habit, and an alias is not typed by habit. An alias that may not be read holds nobody up.
 * @throws exit code 3 when it is not given, or another one is
 */
export async function confirmAccount(
  flags: {json: boolean; 'account-alias'?: string},
  {aws, identity}: Pick<AwsContext, 'aws' | 'identity'>,
  {signal, command}: {signal: AbortSignal; command: string},
): Promise<void> {
  // Whoever calls is known before anything else is asked of the account.
  const account = identity?.account ?? (await aws.identity.whoAmI()).account
  const alias = await aws.accountAlias.alias()
  const given = flags['account-alias']
  if (given !== undefined && given !== alias) {
    throw refused(
      'OTHER_ACCOUNT',
      `--account-alias is ${given}, and the account ${account} is ${alias === undefined ? 'without an alias that can be read' : `called ${alias}`}. Nothing was changed.`,
      'Check --profile and --region, or leave --account-alias out.',
    )
  }
  if (given !== undefined || alias === undefined || !production.test(alias)) return
  if (canAsk(flags)) {
    const text = visible(`The account ${account} is called ${alias}, in region ${aws.region}.`)
    if ((await askFor({text, what: alias, signal})) === alias) return
  }
  throw refused(
    'PRODUCTION_ACCOUNT',
    `The account ${account} is called ${alias}: its alias has to be given before anything is changed there. Nothing was changed.`,
    `If it is really meant: \`${command} --account-alias ${alias}\`.`,
  )
}
