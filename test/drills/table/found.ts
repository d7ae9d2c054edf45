import type {NamedSchedule} from '../random/schedule.js'

/** Schedules that chance found, and that failed once: what they found is mended. */
export const found: readonly NamedSchedule[] = [
  {
    name: 'mcpgw teardown, begun with deleting, under expire-credentials at=4m, while somebody stops the process for twenty minutes after 2 calls',
    start: 'deleting',
    faults: ['expire-credentials at=4m'],
    command: 'mcpgw teardown',
    meanwhile: {does: 'stops the process for twenty minutes', afterCalls: 2},
  },
  {
    name: 'mcpgw deploy --layout individual --set TargetCpuUtilization=60, begun with individual, while somebody deletes the compute stack after 0 calls',
    start: 'individual',
    faults: [],
    command: 'mcpgw deploy --layout individual --set TargetCpuUtilization=60',
    meanwhile: {does: 'deletes the compute stack', afterCalls: 0},
  },
]
