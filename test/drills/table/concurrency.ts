import type {Drill} from '../harness/drill.js'

export const concurrency: readonly Drill[] = [
  {
    name: 'two people deploy at once',
    start: 'no-services',
    command: 'mcpgw deploy --layout individual',
    expect: {exit: 0},
    beside: {command: 'mcpgw deploy --layout individual', expect: {exit: 0}},
  },
  {
    name: 'two people deploy different things at once',
    start: 'individual',
    command: 'mcpgw deploy --layout individual --set TargetCpuUtilization=60',
    expect: {exit: 0},
    beside: {command: 'mcpgw deploy --layout individual --set TargetCpuUtilization=65', expect: {exit: 0}},
  },
  {
    name: 'two people tear down at once',
    start: 'individual',
    command: 'mcpgw teardown',
    expect: {exit: 0},
    beside: {command: 'mcpgw teardown', expect: {exit: 0}},
  },
  {
    name: 'one looks while another deploys',
    start: 'no-services',
    command: 'mcpgw deploy --layout individual',
    expect: {exit: 0},
    beside: {command: 'mcpgw verify', expect: {exit: 1}},
  },
  {
    name: 'one tears down what another deploys',
    start: 'creating',
    command: 'mcpgw deploy',
    expect: {exit: 1, message: /was deleted by someone else/, next: /^mcpgw deploy --rehearse$/},
    beside: {command: 'mcpgw teardown', at: /following that operation/, expect: {exit: 0}},
  },
  {
    name: 'one deploys what another is about to have torn down',
    start: 'deleting',
    command: 'mcpgw deploy',
    expect: {exit: 0},
    beside: {command: 'mcpgw teardown', at: /network: DELETE_IN_PROGRESS/, expect: {exit: 1}},
  },
]
