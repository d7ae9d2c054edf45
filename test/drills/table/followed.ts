import type {Drill} from '../harness/drill.js'

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
    name: 'the watching is interrupted, and what is watched goes on',
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
]
