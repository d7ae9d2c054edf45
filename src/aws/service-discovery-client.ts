import {
  ListNamespacesCommand,
  ListServicesCommand,
  ServiceDiscoveryClient,
  type ServiceDiscoveryClientConfig,
  type ServiceDiscovery as WholeServiceDiscovery,
} from '@aws-sdk/client-servicediscovery'
import {createAggregatedClient} from '@smithy/core/client'

/** AWS Cloud Map with the operations that this program calls; the build leaves out the others. */
export type ServiceDiscovery = ServiceDiscoveryClient &
  Pick<WholeServiceDiscovery, 'listNamespaces' | 'listServices'>

class LeanServiceDiscovery extends ServiceDiscoveryClient {}
createAggregatedClient({ListNamespacesCommand, ListServicesCommand}, LeanServiceDiscovery)

export const ServiceDiscovery = LeanServiceDiscovery as new (
  configuration: ServiceDiscoveryClientConfig,
) => ServiceDiscovery
