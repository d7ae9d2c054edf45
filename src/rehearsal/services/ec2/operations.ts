import type {World} from '../../account/world.js'
import {ec2AddressOperations} from './addresses.js'
import {ec2InterfaceOperations} from './interfaces.js'
import {ec2NetworkOperations} from './network.js'
import {ec2PlaceOperations} from './places.js'
import {ec2RuleOperations} from './rules.js'
import {ec2SecurityOperations} from './security.js'

/** The parts of EC2 that describe a network, and what changes the rules of security groups. Source: EC2 API reference. */
export function ec2Operations(world: World) {
  return {
    ...ec2PlaceOperations(),
    ...ec2NetworkOperations(world),
    ...ec2AddressOperations(world),
    ...ec2InterfaceOperations(world),
    ...ec2SecurityOperations(world),
    ...ec2RuleOperations(world),
  }
}
