import type {BrokenLink} from '../../../faults/broken-links.js'
import {activeFault} from '../../../faults/schedule.js'
import {fits} from '../../../faults/values.js'
import type {RunningContainer} from './container-app.js'

/** Whether a fault breaks a link of a student's way in the service of this container. */
export function isBroken(
  {world, region, task}: Pick<RunningContainer, 'world' | 'region' | 'task'>,
  link: BrokenLink,
): boolean {
  const fault = activeFault(
    world,
    'broken-link',
    region.name,
    ({where, options}) => options.what === link && fits(where, task.serviceName),
  )
  return fault !== undefined
}
