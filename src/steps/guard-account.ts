import {type AccountRules, whyNotAllowed} from '../environment/account-rules.js'
import {type McpgwError, refused} from '../errors.js'
import {type AwsContext, requireContext} from './context.js'
import type {Step} from './step.js'

/** Refuses accounts in which the config file lets nothing be changed. */
export function guardAccount(): Step<AwsContext> {
  return {
    id: 'guard',
    title: 'Check that the account may be changed',
    skip: ({accountRules}) => (accountRules === undefined ? 'no config file names accounts' : undefined),
    async run({accountRules, identity}) {
      const refusal = accountRefusal(accountRules, requireContext(identity, 'the account').account)
      if (refusal !== undefined) throw refusal
    },
  }
}

/** Undefined when the account may be changed. */
export function accountRefusal(rules: AccountRules | undefined, account: string): McpgwError | undefined {
  const why = whyNotAllowed(rules, account)
  if (why === undefined) return undefined
  return refused(
    'ACCOUNT_NOT_ALLOWED',
    `Account ${account} is not to be changed: ${why}. Nothing was changed.`,
    'Check --profile, or correct the config file if the account is meant.',
  )
}
