import type {World} from '../account/world.js'
import {activeFault} from './schedule.js'

/** Real time in epoch ms as the account takes it: by it requests are signed, however fast its own time passes. */
export function realTime(world: World): number {
  const fault = activeFault(world, 'client-clock', undefined, () => true)
  const by = fault?.options.by ?? 0
  return Date.now() + (fault?.where === 'ahead' ? -by : by)
}
