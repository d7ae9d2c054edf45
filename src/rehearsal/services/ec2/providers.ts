import type {ResourceProvider} from '../../resources/resource-provider.js'
import {endpointProviders} from './endpoint-providers.js'
import {routingProviders} from './routing-providers.js'
import {securityGroupProviders} from './security-group-providers.js'
import {vpcProviders} from './vpc-providers.js'

/** The network. */
export const ec2Providers: readonly ResourceProvider[] = [
  ...vpcProviders,
  ...routingProviders,
  ...securityGroupProviders,
  ...endpointProviders,
]
