import {requireContext} from '../../context.js'
import {accountRefusal} from '../../guard-account.js'
import {type Check, pass} from '../check.js'

/** Whether the config file lets this account be changed. */
export const allowed: Check = {
  id: 'allowed',
  title: 'Allowed account',
  looksAt: 'the config file: [guards.md](guards.md)',
  blocksWhen: 'the account is blocked, or is not in the list of allowed accounts',
  async run({accountRules, identity}) {
    const refusal = accountRefusal(accountRules, requireContext(identity, 'the account').account)
    if (refusal !== undefined) throw refusal
    if (accountRules === undefined) return pass('no config file names accounts: every account may be changed')
    return pass(accountRules.allow === undefined ? 'it is not blocked' : 'it is allowed, and not blocked')
  },
}
