import type {Clients} from './clients.js'

/** CloudFront. */
export interface Distributions {
  /** Whether the account has any distribution. */
  exist(): Promise<boolean>
}

export function createDistributions(clients: Pick<Clients, 'cloudFront'>): Distributions {
  return {
    async exist() {
      const cloudFront = await clients.cloudFront()
      const {DistributionList: list} = await cloudFront.listDistributions({MaxItems: 1})
      return (list?.Items ?? []).length > 0
    },
  }
}
