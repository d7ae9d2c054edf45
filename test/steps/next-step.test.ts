import {describe, expect, it} from 'vitest'
import type {StackProgress} from '../../src/progress.js'
import {nextStep} from '../../src/steps/deploy/next-step.js'

const context = {
  aws: {region: 'us-west-2', endpoint: undefined},
  settings: {layout: 'nested', onFailure: 'keep'},
  commandLine: (command: string) => `mcpgw ${command} --set A=b --on-failure keep`,
} as unknown as Parameters<typeof nextStep>[1]

function event(stackName: string, logicalId: string, status: string, reason?: string): StackProgress {
  const isStack = logicalId === stackName
  const type = isStack ? 'AWS::CloudFormation::Stack' : 'AWS::Logs::LogGroup'
  return {stackName, logicalId, status, reason, isStack, type} as unknown as StackProgress
}

describe('what to do where the advice is another region', () => {
  it('is to remove what was created in this one, and not to try here again', () => {
    for (const status of ['ROLLBACK_COMPLETE', 'CREATE_FAILED', 'DELETE_FAILED']) {
      const hint = nextStep({name: 'demo', status}, context, 'type-unavailable')
      expect(hint).toContain('remove it with `mcpgw teardown')
      expect(hint).not.toContain('mcpgw deploy')
    }
  })

  it('is never to remove an environment that stands: its update is undone or corrected', () => {
    for (const status of ['UPDATE_FAILED', 'UPDATE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_COMPLETE']) {
      const hint = nextStep({name: 'demo', status}, context, 'type-unavailable')
      expect(hint).not.toContain('mcpgw teardown')
    }
  })
})

it('is to remove what was created in this one where another region is one of the ways on', () => {
  for (const failure of [
    'fargate-capacity',
    'database-capacity',
    'database-version',
    'database-class',
    'too-few-zones',
  ]) {
    const hint = nextStep({name: 'demo', status: 'ROLLBACK_COMPLETE'}, context, failure)
    expect(hint, failure).toMatch(/^Correct the cause, then run `mcpgw deploy/)
    expect(hint, failure).toMatch(
      /to another region, .* remove what was created here with `mcpgw teardown [^`]+`\.\)$/,
    )
    expect(nextStep({name: 'demo', status: 'UPDATE_FAILED'}, context, failure)).not.toContain(
      'another region',
    )
  }
})

describe('what to do after an update that failed', () => {
  it('is to undo it where keeping it can only fail again', () => {
    const hint = nextStep({name: 'demo', status: 'UPDATE_FAILED'}, context, 'replacement-while-kept')
    expect(hint).toMatch(/undo the update with `aws cloudformation rollback-stack --stack-name demo[^`]*`/)
    expect(hint).toMatch(/then run `mcpgw deploy --set A=b`\./)
    expect(nextStep({name: 'demo', status: 'UPDATE_FAILED'}, context)).toContain('--on-failure keep')
  })

  it('names what the rollback failed at, and not what was cancelled or failed before', () => {
    const events = [
      event('demo-Data-1', 'Before', 'UPDATE_FAILED', 'No.'),
      event('demo', 'demo', 'UPDATE_ROLLBACK_IN_PROGRESS'),
      event('demo-Data-1', 'demo-Data-1', 'UPDATE_ROLLBACK_IN_PROGRESS'),
      event('demo-Data-1', 'Lines', 'UPDATE_FAILED', 'was not found'),
      event('demo-Data-1', 'Other', 'UPDATE_FAILED', 'Resource update cancelled'),
      event('demo', 'Own', 'UPDATE_FAILED', 'was not found'),
    ]
    const stuck = {name: 'demo', status: 'UPDATE_ROLLBACK_FAILED'} as const
    expect(nextStep(stuck, context, undefined, events)).toContain(
      '--resources-to-skip demo-Data-1.Lines Own`, or start over',
    )
    expect(nextStep(stuck, context, 'deleted-by-hand', events)).toMatch(
      /^Leave behind what is missing: `aws .* --resources-to-skip demo-Data-1\.Lines Own`\. .* --repair` makes it again\.$/,
    )
    expect(nextStep(stuck, context, 'deleted-by-hand', [])).toContain('NAME-OF-NESTED-STACK.LOGICAL-ID')
  })
})
