import type {NamedSchedule} from '../random/schedule.js'

/** Schedules that chance found, and that failed once: what they found is mended. */
export const found: readonly NamedSchedule[] = []
