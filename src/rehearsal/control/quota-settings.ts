import {invalidInput} from '../../errors.js'
import type {Account} from '../account/account.js'
import {allQuotas} from '../account/quotas.js'

/** New values of quotas, by code. */
export type QuotaSettings = Readonly<Record<string, number>>

/** @throws McpgwError UNKNOWN_QUOTA for a code of which the account knows nothing. */
export function checkQuotas(settings: QuotaSettings): void {
  const unknown = Object.keys(settings).find(code => !allQuotas.some(quota => quota.code === code))
  if (unknown === undefined) return
  const known = allQuotas.map(({code, name}) => `${code} (${name})`).join(', ')
  throw invalidInput(
    'UNKNOWN_QUOTA',
    `The embedded account does not enforce a quota ${unknown}.`,
    `It enforces ${known}.`,
  )
}

/** Gives an account other quotas. What it has already stays, as in AWS. @throws McpgwError UNKNOWN_QUOTA */
export function setQuotas(account: Account, settings: QuotaSettings): void {
  checkQuotas(settings)
  account.quotas = {...account.quotas, ...settings}
}
