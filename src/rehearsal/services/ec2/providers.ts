import type {Kind} from '../../resources/resource-provider.js'
import {endpointKinds} from './endpoint-providers.js'
import {routingKinds} from './routing-providers.js'
import {securityGroupKinds} from './security-group-providers.js'
import {vpcKinds} from './vpc-providers.js'

/** The network. */
export const ec2Kinds: readonly Kind[] = [
  ...vpcKinds,
  ...routingKinds,
  ...securityGroupKinds,
  ...endpointKinds,
]
