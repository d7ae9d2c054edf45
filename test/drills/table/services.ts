import type {Drill} from '../harness/drill.js'

const individual = 'mcpgw deploy --layout individual'

function notAnswering(reason: string): Drill {
  return {
    name: `a check finds targets in ${reason}`,
    start: 'deployed',
    faults: [`unhealthy *-registry-tg reason=${reason}`],
    command: 'mcpgw verify',
    expect: {exit: 1, code: 'NOT_HEALTHY', message: new RegExp(`mcp-gateway-registry-tg: .*${reason}`)},
  }
}

export const services: readonly Drill[] = [
  notAnswering('Target.Timeout'),
  notAnswering('Target.ResponseCodeMismatch'),
  notAnswering('Target.FailedHealthChecks'),
  notAnswering('Elb.InternalError'),
  {
    name: 'a check meets a service that flaps',
    start: 'deployed',
    faults: ['flap *-mcpgw every=1s'],
    begunBefore: 60,
    command: 'mcpgw verify',
    expect: {exit: 1, code: 'NOT_HEALTHY', message: /mcp-gateway-mcpgw: .* of 1 tasks run/},
  },
  {
    name: 'a service flaps while it is being deployed',
    start: 'no-services',
    faults: ['flap *-mcpgw every=2m for=6m'],
    command: individual,
    expect: {exit: 0},
  },
  {
    name: 'a service flaps and never stops',
    start: 'no-services',
    faults: ['flap *-mcpgw every=20s'],
    command: individual,
    expect: {
      exit: 1,
      code: 'STACK_FAILED',
      resource: 'mcp-gateway-services/McpgwService',
      message: /circuit breaker/i,
    },
  },
  {
    name: 'a task runs out of memory before a check',
    start: 'deployed',
    faults: ['lose-task *-registry'],
    begunBefore: 10,
    command: 'mcpgw verify',
    expect: {exit: 1, code: 'NOT_HEALTHY', message: /mcp-gateway-registry: 0 of 1 tasks run/},
  },
  {
    name: 'the roll-out of a service takes longer than anybody waits',
    start: 'no-services',
    faults: ['unsteady *-registry'],
    command: `${individual} --timeout 20m`,
    expect: {exit: 4, code: 'TIMED_OUT', next: /^mcpgw deploy --rehearse --layout individual$/},
  },
  {
    name: 'targets do not answer at the end of a deployment',
    start: 'deployed',
    faults: ['unhealthy *-keycloak-tg reason=Target.Timeout'],
    command: 'mcpgw deploy',
    expect: {exit: 1, code: 'NOT_HEALTHY', message: /mcp-gateway-keycloak-tg: .*Target\.Timeout/},
  },
  {
    name: 'somebody removes a listener',
    start: 'deployed',
    faults: ['remove-listener *-alb:7860'],
    command: 'mcpgw verify',
    expect: {
      exit: 1,
      code: 'NOT_HEALTHY',
      message: /listener on port 7860 of load balancer mcp-gateway-alb is missing/,
      next: /^mcpgw deploy .*--repair/,
    },
  },
  {
    name: 'somebody removes the listener of the main address',
    start: 'individual',
    faults: ['remove-listener *-keycloak-alb:80'],
    command: 'mcpgw verify',
    expect: {
      exit: 1,
      code: 'NOT_HEALTHY',
      message: /listener on port 80 of load balancer mcp-gateway-keycloak-alb is missing/,
      next: /^mcpgw deploy .*--repair/,
    },
  },
  {
    name: 'somebody removes a listener before the services are made',
    start: 'no-services',
    faults: ['remove-listener *-alb:7860'],
    command: 'mcpgw deploy --layout individual',
    expect: {
      exit: 1,
      code: 'LISTENER_MISSING',
      resource: 'mcp-gateway-alb',
      message: /listener on port 7860 of load balancer mcp-gateway-alb is missing/,
      next: /^mcpgw deploy .*--repair/,
    },
  },
  {
    name: 'a check finds nothing to check',
    start: 'empty',
    command: 'mcpgw verify',
    expect: {exit: 1, code: 'NO_SUCH_ENVIRONMENT', next: /^mcpgw deploy --rehearse$/},
  },
  {
    name: 'a check comes in the middle of a deployment',
    start: 'creating',
    command: 'mcpgw verify',
    expect: {exit: 1, code: 'ENVIRONMENT_BUSY', resource: 'mcp-gateway', next: /^mcpgw deploy --rehearse$/},
  },
  {
    name: 'a check comes in the middle of a teardown',
    start: 'deleting',
    command: 'mcpgw verify',
    goal: 'clean',
    expect: {exit: 1, code: 'ENVIRONMENT_BUSY', resource: 'mcp-gateway', next: /^mcpgw teardown --rehearse$/},
  },
]
