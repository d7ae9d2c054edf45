import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {unlessAbsent} from './pages.js'

/** Service Quotas. */
export interface Quotas {
  /**
   * What the account has of a quota now; what AWS gives a new account where nothing else is known of it, and undefined
   * where Service Quotas knows no such quota.
   */
  value(service: string, code: string): Promise<number | undefined>
}

export function createQuotas(clients: Pick<Clients, 'quotas'>): Quotas {
  return {
    async value(ServiceCode, QuotaCode) {
      const quotas = await clients.quotas()
      const wanted = {ServiceCode, QuotaCode}
      // A quota that nobody has asked to raise may exist as a default only. Source: Service Quotas API reference.
      const applied = await unlessAbsent(() => quotas.getServiceQuota(wanted), isUnknown, undefined)
      if (applied?.Quota?.Value !== undefined) return applied.Quota.Value
      const byDefault = await unlessAbsent(
        () => quotas.getAWSDefaultServiceQuota(wanted),
        isUnknown,
        undefined,
      )
      return byDefault?.Quota?.Value
    },
  }
}

function isUnknown(error: unknown): boolean {
  return isNamed(error, 'NoSuchResourceException')
}
