import type {Drill} from '../harness/drill.js'

export const throttling: readonly Drill[] = [
  {
    name: 'AWS throttles 30 % of all calls of a deployment',
    start: 'empty',
    faults: ['throttle * rate=30%'],
    command: 'mcpgw deploy',
    expect: {exit: 0, operation: 'create'},
  },
  {
    name: 'AWS throttles 60 % of the polls of a deployment and of its image build',
    start: 'creating',
    faults: ['throttle cloudformation:DescribeStackEvents rate=60%', 'throttle codebuild:* rate=60%'],
    command: 'mcpgw deploy',
    expect: {exit: 0, operation: 'attached'},
  },
  {
    name: 'AWS throttles 60 % of the polls of a teardown',
    start: 'deleting',
    faults: ['throttle cloudformation:DescribeStackEvents rate=60%'],
    command: 'mcpgw teardown',
    expect: {exit: 0},
  },
  {
    name: 'AWS throttles every call in the last minutes of a deployment',
    start: 'creating',
    faults: ['throttle cloudformation:* at=3m for=6m'],
    command: 'mcpgw deploy',
    expect: {exit: 0, operation: 'attached'},
  },
  {
    name: 'AWS throttles every call at the end of a teardown',
    start: 'individual',
    faults: ['throttle cloudformation:* at=12m for=4m'],
    command: 'mcpgw teardown',
    expect: {exit: 0},
  },
  {
    name: 'AWS throttles one call in three of a check',
    start: 'deployed',
    faults: ['throttle * rate=30%'],
    command: 'mcpgw verify',
    expect: {exit: 0},
  },
  {
    name: 'AWS throttles most readings of secrets in a check',
    start: 'deployed',
    faults: ['throttle secretsmanager:GetSecretValue rate=60%'],
    command: 'mcpgw verify',
    expect: {exit: 0},
  },
  {
    name: 'AWS throttles the creation of the stack itself',
    start: 'no-services',
    faults: ['throttle cloudformation:CreateStack'],
    command: 'mcpgw deploy --layout individual',
    expect: {exit: 1, code: 'THROTTLED', message: /CreateStack/},
  },
  {
    name: 'ECS throttles a check until it gives up',
    start: 'deployed',
    faults: ['throttle ecs:*'],
    command: 'mcpgw verify',
    expect: {exit: 1, code: 'THROTTLED', message: /ecs:DescribeServices/},
  },
]
