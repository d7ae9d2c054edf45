import type {World} from '../../account/world.js'
import {eventOperations} from './event-operations.js'
import {groupOperations} from './group-operations.js'

/** CloudWatch Logs. Source: CloudWatch Logs API reference. */
export function logsOperations(world: World) {
  return {...groupOperations(world), ...eventOperations(world)}
}
