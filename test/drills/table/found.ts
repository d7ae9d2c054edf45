import type {NamedSchedule} from '../random/schedule.js'

/** Schedules that chance found, and that failed once: what they found is fixed. */
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
  {
    name: 'mcpgw verify, begun with individual, under server-error cloudformation:Describe* rate=30% for=12m, under remove-listener *-alb:7860',
    start: 'individual',
    faults: ['server-error cloudformation:Describe* rate=30% for=12m', 'remove-listener *-alb:7860'],
    command: 'mcpgw verify',
  },
  {
    name: 'mcpgw deploy --layout individual --on-failure delete, begun with network-and-compute, under remove-listener *-alb:7860 at=9m, while somebody runs mcpgw teardown after 0 calls',
    start: 'network-and-compute',
    faults: ['remove-listener *-alb:7860 at=9m'],
    command: 'mcpgw deploy --layout individual --on-failure delete',
    meanwhile: {does: 'runs mcpgw teardown', afterCalls: 0},
  },
  {
    name: 'mcpgw deploy, begun with empty, while somebody deletes the bucket of the templates after 0 calls, and SIGTERM after 465 calls',
    start: 'empty',
    faults: [],
    command: 'mcpgw deploy',
    meanwhile: {does: 'deletes the bucket of the templates', afterCalls: 0},
    interrupt: {signal: 'SIGTERM', afterCalls: 465},
  },
  {
    name: 'mcpgw verify, begun with individual, while somebody deletes the compute stack after 0 calls',
    start: 'individual',
    faults: [],
    command: 'mcpgw verify',
    meanwhile: {does: 'deletes the compute stack', afterCalls: 0},
  },
  {
    name: 'mcpgw verify, begun with individual, under server-error codebuild:* rate=10% for=12m, while somebody deletes the compute stack after 32 calls',
    start: 'individual',
    faults: ['server-error codebuild:* rate=10% for=12m'],
    command: 'mcpgw verify',
    meanwhile: {does: 'deletes the compute stack', afterCalls: 32},
  },
]
