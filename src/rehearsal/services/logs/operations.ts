import type {World} from '../../account/world.js'
import {logEventOperations} from './events.js'
import {logGroupOperations} from './groups.js'

/** CloudWatch Logs. Source: CloudWatch Logs API reference. */
export function logsOperations(world: World) {
  return {...logGroupOperations(world), ...logEventOperations(world)}
}
