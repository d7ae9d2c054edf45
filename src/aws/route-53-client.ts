import {
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type Route53ClientConfig,
  type Route53 as WholeRoute53,
} from '@aws-sdk/client-route-53'
import {createAggregatedClient} from '@smithy/core/client'

/** Route53 with the operations that this program calls; the build leaves out the others. */
export type Route53 = Route53Client &
  Pick<WholeRoute53, 'getHostedZone' | 'listHostedZonesByName' | 'listResourceRecordSets'>

class LeanRoute53 extends Route53Client {}
createAggregatedClient(
  {GetHostedZoneCommand, ListHostedZonesByNameCommand, ListResourceRecordSetsCommand},
  LeanRoute53,
)

export const Route53 = LeanRoute53 as new (configuration: Route53ClientConfig) => Route53
