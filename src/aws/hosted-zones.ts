import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {unlessAbsent} from './pages.js'

/** A hosted zone of Route 53. */
export interface HostedZone {
  /** Without the dot at its end. */
  readonly name: string
  readonly isPrivate: boolean
  /** To which the domain must be delegated, without the dots at their ends; none for a private zone. */
  readonly nameServers: readonly string[]
}

/** Route 53. */
export interface HostedZones {
  /** Undefined when the account has no such zone. */
  find(id: string): Promise<HostedZone | undefined>
}

export function createHostedZones(clients: Pick<Clients, 'route53'>): HostedZones {
  return {
    async find(id) {
      const route53 = await clients.route53()
      const answer = await unlessAbsent(
        () => route53.getHostedZone({Id: id}),
        error => isNamed(error, 'NoSuchHostedZone'),
        undefined,
      )
      const zone = answer?.HostedZone
      if (zone === undefined) return undefined
      return {
        name: withoutDot(zone.Name ?? ''),
        isPrivate: zone.Config?.PrivateZone === true,
        nameServers: (answer?.DelegationSet?.NameServers ?? []).map(withoutDot),
      }
    },
  }
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '').toLowerCase()
}
