import type {Drill} from '../harness/drill.js'

/** What stays in layout individual when nothing but the services changes. */
const others = {
  'mcp-gateway-network': 'CREATE_COMPLETE',
  'mcp-gateway-data': 'CREATE_COMPLETE',
  'mcp-gateway-compute': 'CREATE_COMPLETE',
}

/** What somebody else began, or left: followed, stopped, explained. */
export const followed: readonly Drill[] = [
  {
    name: 'a deployment that somebody else began is watched to its end',
    start: 'creating',
    command: 'mcpgw watch',
    expect: {exit: 0, operation: 'create'},
  },
  {
    name: 'what is watched fails',
    start: 'creating',
    faults: ['fail-create *Service message="No capacity: try another zone"'],
    command: 'mcpgw watch',
    expect: {
      exit: 1,
      code: 'STACK_FAILED',
      message: /No capacity: try another zone/,
      next: /^mcpgw deploy --rehearse$/,
    },
  },
  {
    name: 'the watching is interrupted, and what is watched continues',
    start: 'creating',
    command: 'mcpgw watch',
    interruptAt: /services: CREATE_IN_PROGRESS/,
    expect: {
      exit: 130,
      message: /stack mcp-gateway is in CREATE_IN_PROGRESS/,
      next: /^mcpgw watch --rehearse$/,
    },
  },
  {
    name: 'there is nothing to cancel',
    start: 'deployed',
    command: 'mcpgw cancel',
    expect: {exit: 3, code: 'NOTHING_RUNS', message: /mcp-gateway is in CREATE_COMPLETE/},
    goal: 'clean',
  },
  {
    name: 'there is nothing to explain',
    start: 'deployed',
    command: 'mcpgw diagnose',
    expect: {exit: 0},
  },
  {
    name: 'a deletion that somebody else began is watched to its end',
    start: 'deleting',
    command: 'mcpgw watch',
    expect: {exit: 0, operation: 'delete', next: /^mcpgw teardown --rehearse$/},
    leaves: {},
    goal: 'clean',
  },
  {
    name: 'a creation is cancelled, and begun again',
    start: 'creating',
    command: 'mcpgw cancel',
    expect: {
      exit: 0,
      message: /^mcp-gateway: CREATE_IN_PROGRESS -> DELETE_COMPLETE$/,
      next: /^mcpgw deploy --rehearse$/,
    },
    leaves: {},
  },
  {
    name: 'a creation is cancelled that needed other stacks, which stay',
    start: 'creating-services',
    command: 'mcpgw cancel',
    expect: {
      exit: 0,
      message: /^mcp-gateway-services: CREATE_IN_PROGRESS -> DELETE_COMPLETE$/,
      next: /^mcpgw deploy --rehearse --layout individual$/,
    },
    leaves: others,
  },
  {
    name: 'an update is cancelled, and what was before remains',
    start: 'updating',
    command: 'mcpgw cancel',
    expect: {
      exit: 0,
      message: /^mcp-gateway-services: UPDATE_IN_PROGRESS -> UPDATE_ROLLBACK_COMPLETE$/,
      next: /^mcpgw deploy --rehearse --layout individual$/,
    },
  },
  {
    name: 'a deployment that somebody else left is explained',
    start: 'failed',
    command: 'mcpgw diagnose',
    expect: {
      exit: 0,
      resource: 'mcp-gateway-services/AuthCpuHighAlarm',
      message: /Try later\./,
      next: /^mcpgw deploy --rehearse --layout individual$/,
    },
    leaves: {...others, 'mcp-gateway-services': 'ROLLBACK_COMPLETE'},
  },
  {
    name: 'a preflight finds what a deployment would fail at',
    start: 'empty',
    faults: ['quota L-0263D0A3 value=2'],
    command: 'mcpgw preflight',
    expect: {
      exit: 3,
      message: /^\(elastic-ips\): the templates create 3, and the quota leaves room for 2/,
      next: /^mcpgw deploy --rehearse$/,
    },
  },
]
