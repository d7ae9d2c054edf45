import {describe, expect, test} from 'vitest'
import type {StackProgress} from '../../src/progress.js'
import {stackFailure} from '../../src/steps/stacks/failure.js'
import {OperationRecord} from '../../src/steps/stacks/record.js'

const told = (status: string, reason?: string, more: Partial<StackProgress> = {}): StackProgress => ({
  label: 'Network',
  stackName: 'env-network',
  stackId: 'arn:env-network',
  logicalId: 'env-network',
  physicalId: 'arn:env-network',
  type: 'AWS::CloudFormation::Stack',
  status,
  reason,
  at: 0,
  isStack: true,
  ...more,
})

function recordOf(events: StackProgress[]): OperationRecord {
  const record = new OperationRecord()
  for (const event of events) record.add(event)
  return record
}

const failure = (events: StackProgress[]) =>
  stackFailure({
    verb: 'create',
    stack: {name: 'env-network', label: 'Network', status: 'ROLLBACK_COMPLETE', reason: undefined},
    record: recordOf(events),
    hint: 'Try again.',
  }).message

describe('the message of a stack that failed', () => {
  test('says why the stack rolled back when no resource failed', () => {
    const events = [
      told('CREATE_IN_PROGRESS', 'User Initiated'),
      told('ROLLBACK_IN_PROGRESS', 'No export named x found. Rollback requested by user.'),
      told('ROLLBACK_COMPLETE'),
    ]
    expect(failure(events)).toBe(
      'CloudFormation could not create the stack (env-network ended in ROLLBACK_COMPLETE): No export named x found. Rollback requested by user.',
    )
  })

  test('says of an update that someone cancelled that nothing failed by itself', () => {
    const rolledBack = told('UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated')
    expect(failure([told('UPDATE_IN_PROGRESS', 'User Initiated'), rolledBack])).toMatch(
      /: someone cancelled the update\.$/,
    )
    expect(failure([told('UPDATE_IN_PROGRESS', 'User Initiated')])).toMatch(
      /: no resource reported a failure\.$/,
    )
  })

  test('and not that someone cancelled it where a resource had failed before', () => {
    const broken = told('UPDATE_FAILED', 'No.', {logicalId: 'Vpc', type: 'AWS::EC2::VPC', isStack: false})
    expect(failure([broken, told('UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated', {at: 1})])).not.toMatch(
      /cancelled/,
    )
  })

  test('names the resource that failed first, when one did', () => {
    const vpc = {logicalId: 'Vpc', type: 'AWS::EC2::VPC', isStack: false}
    const events = [
      told('CREATE_FAILED', 'no more VPCs', vpc),
      told(
        'ROLLBACK_IN_PROGRESS',
        'The following resource(s) failed to create: [Vpc]. Rollback requested by user.',
      ),
    ]
    expect(failure(events)).toContain('Vpc (AWS::EC2::VPC) failed: no more VPCs.')
  })
})
