import type {Drill} from '../harness/drill.js'

export const interruptions: readonly Drill[] = [
  {
    name: 'Ctrl-C before anything was started',
    start: 'no-services',
    command: 'mcpgw deploy --layout individual',
    interruptAt: /Find existing stacks …/,
    expect: {
      exit: 130,
      message: /Nothing was started/,
      next: /^mcpgw deploy --rehearse --layout individual$/,
    },
  },
  {
    name: 'Ctrl-C while the network is being made',
    start: 'empty',
    command: 'mcpgw deploy',
    interruptAt: /network: CREATE_IN_PROGRESS/,
    expect: {
      exit: 130,
      message: /What was started continues in the embedded account/,
      next: /^mcpgw deploy --rehearse$/,
    },
  },
  {
    name: 'Ctrl-C while a healthy end is waited for',
    start: 'no-services',
    command: 'mcpgw deploy --layout individual',
    interruptAt: /services: CREATE_COMPLETE/,
    expect: {exit: 130, next: /^mcpgw deploy --rehearse --layout individual$/},
  },
  {
    name: 'Ctrl-C in the middle of a teardown',
    start: 'individual',
    command: 'mcpgw teardown',
    interruptAt: /services: DELETE_COMPLETE/,
    expect: {
      exit: 130,
      message: /What was started continues in the embedded account/,
      next: /^mcpgw teardown --rehearse$/,
    },
  },
  {
    name: 'a deployment that was left alone is followed to its end',
    start: 'creating',
    command: 'mcpgw deploy',
    expect: {exit: 0, operation: 'attached'},
  },
  {
    name: 'a deployment is wanted while a teardown still runs',
    start: 'deleting',
    command: 'mcpgw deploy',
    expect: {exit: 0, operation: 'create'},
  },
  {
    name: 'the time is up before anything was started',
    start: 'no-services',
    // The pauses after the refusals are random parts of 1, 2 and 4 s: all three together are longer than this.
    command: 'mcpgw deploy --layout individual --timeout 0.001s',
    faults: ['throttle sts:* times=3'],
    expect: {
      exit: 4,
      code: 'TIMED_OUT',
      message: /Nothing was started/,
      next: /^mcpgw deploy --rehearse --layout individual$/,
    },
  },
]
