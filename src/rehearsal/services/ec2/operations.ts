import type {World} from '../../account/world.js'
import {addressOperations} from './address-operations.js'
import {attachmentOperations} from './attachment-operations.js'
import {defaultSubnetOperations} from './default-subnets.js'
import {endpointOperations} from './endpoint-operations.js'
import {interfaceChanges} from './interface-changes.js'
import {interfaceOperations} from './interface-operations.js'
import {networkOperations} from './network-operations.js'
import {placeOperations} from './place-operations.js'
import {removalOperations} from './removal-operations.js'
import {ruleOperations} from './rule-operations.js'
import {securityGroupOperations} from './security-group-operations.js'

/** The parts of EC2 that describe a network, and what changes the rules of security groups. Source: EC2 API reference. */
export function ec2Operations(world: World) {
  return {
    ...placeOperations(),
    ...networkOperations(world),
    ...defaultSubnetOperations(world),
    ...addressOperations(world),
    ...endpointOperations(world),
    ...interfaceOperations(world),
    ...interfaceChanges(world),
    ...removalOperations(world),
    ...attachmentOperations(world),
    ...securityGroupOperations(world),
    ...ruleOperations(world),
  }
}
