import {endpointKinds} from './ec2-endpoints.js'
import {routingKinds} from './ec2-routing.js'
import {securityGroupKinds} from './ec2-security-groups.js'
import {vpcKinds} from './ec2-vpc.js'
import type {Kind} from './kind.js'

/** The network. */
export const ec2Kinds: readonly Kind[] = [
  ...vpcKinds,
  ...routingKinds,
  ...securityGroupKinds,
  ...endpointKinds,
]
