import type {Drill} from '../harness/drill.js'

export const credentials: readonly Drill[] = [
  {
    name: 'the credentials expire in the middle of a deployment',
    start: 'empty',
    faults: ['expire-credentials at=8m'],
    command: 'mcpgw deploy',
    expect: {
      exit: 4,
      code: 'CREDENTIALS_EXPIRED',
      message: /The operation on stack mcp-gateway continues in the embedded account/,
      next: /^mcpgw deploy --rehearse$/,
    },
  },
  {
    name: 'the credentials expire in the middle of a teardown',
    start: 'individual',
    faults: ['expire-credentials at=3m'],
    command: 'mcpgw teardown',
    expect: {
      exit: 4,
      code: 'CREDENTIALS_EXPIRED',
      message: /continues in the embedded account|what was started continues/,
      next: /^mcpgw teardown --rehearse$/,
    },
  },
  {
    name: 'the credentials have expired before anything was done',
    start: 'no-services',
    faults: ['expire-credentials'],
    command: 'mcpgw deploy --layout individual',
    expect: {exit: 2, code: 'CREDENTIALS_EXPIRED'},
  },
  {
    name: 'the credentials have expired before a check',
    start: 'deployed',
    faults: ['expire-credentials'],
    command: 'mcpgw verify',
    expect: {exit: 2, code: 'CREDENTIALS_EXPIRED'},
  },
  {
    name: 'the stack may not be created',
    start: 'no-services',
    faults: ['deny cloudformation:CreateStack'],
    command: 'mcpgw deploy --layout individual',
    expect: {exit: 3, code: 'PREFLIGHT_BLOCKED', message: /\(permissions\): .*cloudformation:CreateStack/},
  },
  {
    name: 'the stack may not be created, and nobody looks before',
    start: 'no-services',
    faults: ['deny cloudformation:CreateStack'],
    command: 'mcpgw deploy --layout individual --skip-check permissions',
    expect: {exit: 1, code: 'ACCESS_DENIED', message: /cloudformation:CreateStack/},
  },
  {
    name: 'the events of a stack may not be read',
    start: 'creating',
    faults: ['deny cloudformation:DescribeStackEvents'],
    command: 'mcpgw deploy --skip-check permissions',
    expect: {
      exit: 4,
      code: 'ACCESS_DENIED',
      message: /cloudformation:DescribeStackEvents/,
      next: /^mcpgw deploy/,
    },
  },
  {
    name: 'the image build may not be watched',
    start: 'network-and-data',
    faults: ['deny codebuild:*'],
    command: 'mcpgw deploy --layout individual --skip-check permissions',
    expect: {exit: 0},
  },
  {
    name: 'a bucket may not be made for the templates',
    start: 'empty',
    faults: ['deny s3:CreateBucket'],
    command: 'mcpgw deploy --skip-check permissions',
    expect: {exit: 1, code: 'ACCESS_DENIED', message: /s3:CreateBucket/},
  },
  {
    name: 'a stack may not be deleted',
    start: 'individual',
    faults: ['deny cloudformation:DeleteStack'],
    command: 'mcpgw teardown',
    expect: {exit: 1, code: 'ACCESS_DENIED', message: /cloudformation:DeleteStack/},
  },
]
