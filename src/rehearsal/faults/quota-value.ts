import type {Account} from '../account/account.js'
import type {Quota} from '../account/quotas.js'
import {activeFault} from './schedule.js'
import {fits} from './values.js'

/** What the account has of a quota now. */
export function quotaValue(account: Account, {code, awsDefault, begins}: Quota): number {
  const moment = {account, now: account.now}
  const fault = activeFault(moment, 'quota', undefined, ({where}) => fits(where, code))
  if (fault) return fault.options.value ?? 0
  return account.quotas?.[code] ?? begins ?? awsDefault
}

/** Whether an account that uses `used` of a quota may have `more`. */
export function hasRoom(account: Account, quota: Quota, used: number, more = 1): boolean {
  return used + more <= quotaValue(account, quota)
}
