import type {Drill} from '../harness/drill.js'

const next = /^mcpgw teardown --rehearse$/

export const deletion: readonly Drill[] = [
  {
    name: 'a VPC cannot be deleted, in nested stacks',
    start: 'deployed',
    faults: ['fail-delete Vpc message="The vpc has dependencies and cannot be deleted."'],
    command: 'mcpgw teardown',
    expect: {
      exit: 1,
      code: 'STACK_FAILED',
      resource: /^mcp-gateway-NetworkStack-\w+\/Vpc$/,
      message: /in network, Vpc \(AWS::EC2::VPC\) failed: .*has dependencies and cannot be deleted/,
      next,
    },
  },
  {
    name: 'a subnet cannot be deleted',
    start: 'individual',
    faults: ['fail-delete AWS::EC2::Subnet message="The subnet has dependencies and cannot be deleted."'],
    command: 'mcpgw teardown',
    expect: {
      exit: 1,
      code: 'STACK_FAILED',
      resource: /^mcp-gateway-network\/\w+$/,
      message: /The subnet has dependencies/,
      next,
    },
  },
  {
    name: 'an ECS cluster cannot be deleted the first time',
    start: 'individual',
    faults: [
      'fail-delete AWS::ECS::Cluster message="The Cluster cannot be deleted while Services are active." once',
    ],
    command: 'mcpgw teardown',
    expect: {
      exit: 1,
      code: 'STACK_FAILED',
      resource: /^mcp-gateway-compute\/\w+$/,
      message: /while Services are active/,
      next,
    },
  },
  {
    name: 'a database cluster cannot be deleted',
    start: 'individual',
    faults: ['fail-delete AWS::RDS::DBCluster message="Cannot delete protected cluster."'],
    command: 'mcpgw teardown',
    expect: {
      exit: 1,
      code: 'STACK_FAILED',
      resource: /^mcp-gateway-data\/\w+$/,
      message: /Cannot delete protected cluster/,
      next,
    },
  },
  {
    name: 'a deletion takes longer than anybody waits',
    start: 'individual',
    faults: ['slow AWS::EFS::FileSystem factor=200 operation=delete'],
    command: 'mcpgw teardown --timeout 15m',
    expect: {exit: 4, code: 'TIMED_OUT', message: /The operation continues in the embedded account/, next},
  },
  {
    name: 'the template bucket cannot be emptied',
    start: 'individual',
    faults: ['deny s3:DeleteObject*'],
    command: 'mcpgw teardown',
    expect: {exit: 1, message: /s3:DeleteObject:/, next},
  },
  {
    name: 'remaining log groups may not be looked for',
    start: 'individual',
    faults: ['deny logs:DescribeLogGroups'],
    command: 'mcpgw teardown',
    expect: {exit: 1, message: /logs:DescribeLogGroups/, next},
  },
  {
    name: 'what remains may not be looked for',
    start: 'individual',
    faults: ['deny tagging:GetResources'],
    command: 'mcpgw teardown',
    expect: {exit: 1, message: /tag:GetResources/, next},
  },
  {
    name: 'a policy forbids the region that lists what has no region',
    start: 'deployed',
    faults: ['deny tagging:GetResources region=us-east-1'],
    command: 'mcpgw teardown',
    expect: {exit: 0},
  },
  {
    name: 'neither that list nor CloudFront may be asked',
    start: 'individual',
    faults: ['deny tagging:GetResources region=us-east-1', 'deny cloudfront:ListDistributions'],
    command: 'mcpgw teardown',
    expect: {exit: 1, message: /cloudfront:ListDistributions/, next},
  },
  {
    name: 'a teardown of what is still being created',
    start: 'creating',
    command: 'mcpgw teardown',
    expect: {exit: 0},
  },
  {
    name: 'a teardown follows one that nobody waits for any more',
    start: 'deleting',
    command: 'mcpgw teardown',
    expect: {exit: 0},
  },
  {
    name: 'a teardown of nothing',
    start: 'empty',
    command: 'mcpgw teardown',
    expect: {exit: 0},
  },
]
