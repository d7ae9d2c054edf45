import {describe, expect, it} from 'vitest'
import type {StackProgress} from '../../src/progress.js'
import {deploymentFailure} from '../../src/steps/deploy/deployment-failure.js'
import {recommendedAction} from '../../src/steps/diagnose/recommended-action.js'
import {OperationRecord} from '../../src/steps/stacks/record.js'

const said = (status: string, at: number, more: Partial<StackProgress> = {}): StackProgress => ({
  ...{label: 'main', stackName: 'demo', stackId: 'arn:demo', logicalId: 'demo', physicalId: 'arn:demo'},
  ...{type: 'AWS::CloudFormation::Stack', status, reason: 'User Initiated', at, isStack: true},
  ...more,
})
const cancelled = [said('UPDATE_IN_PROGRESS', 1), said('UPDATE_ROLLBACK_IN_PROGRESS', 3)]
const broken = said('UPDATE_FAILED', 2, {
  ...{logicalId: 'Alarm', type: 'AWS::CloudWatch::Alarm', reason: 'No.', isStack: false},
})

function hintOf(events: readonly StackProgress[]): string | undefined {
  const record = new OperationRecord()
  for (const event of events) record.add(event)
  const context = {
    aws: {region: 'us-west-2', endpoint: undefined},
    settings: {layout: 'nested'},
    commandLine: (command: string) => `mcpgw ${command}`,
    record,
  } as unknown as Parameters<typeof deploymentFailure>[0]
  const result = {
    stackTarget: {stackName: 'demo'},
    last: 'update',
    end: {name: 'demo', status: 'UPDATE_ROLLBACK_COMPLETE', label: 'main'},
  } as unknown as Parameters<typeof deploymentFailure>[1]
  return deploymentFailure(context, result).hint
}

const adviceFor = (events: readonly StackProgress[]) =>
  recommendedAction(
    {
      environment: 'demo',
      aws: {region: 'us-west-2'},
      commandLine: (command: string) => `mcpgw ${command}`,
      events,
    } as unknown as Parameters<typeof recommendedAction>[0],
    {
      stack: {name: 'demo', status: 'UPDATE_ROLLBACK_COMPLETE', tags: {'mcpgw:environment': 'demo'}},
      ...{label: 'main', layout: 'nested'},
    } as unknown as Parameters<typeof recommendedAction>[1],
  )

describe.each([
  ['deploy', hintOf],
  ['diagnose', adviceFor],
])('what %s says of an update that someone cancelled', (_, told) => {
  it('sends nobody to look for a cause', () => {
    expect(told(cancelled)).toMatch(
      /^Nothing has to be corrected: .* Run `mcpgw deploy` to update it again\.$/,
    )
  })

  it('is not said of one in which something had failed', () => {
    expect(told([...cancelled, broken])).toMatch(/^Correct the cause/)
  })
})
