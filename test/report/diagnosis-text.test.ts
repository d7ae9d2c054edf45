import {expect, it} from 'vitest'
import {diagnosisText} from '../../src/report/diagnosis-text.js'
import type {DiagnoseResult} from '../../src/results.js'

const same = (text: string) => text
const options = {
  paint: {red: same, green: same, yellow: same, dim: same, bold: same},
  commandLine: (command: string) => `mcpgw ${command}`,
}
const failedRun: DiagnoseResult = {
  environment: 'demo',
  run: null,
  account: '1',
  region: 'us-west-2',
  state: 'failed',
  stacks: [{name: 'demo', status: 'ROLLBACK_COMPLETE'}],
  diagnosis: {
    stack: 'demo / NetworkStack',
    logicalId: 'NatGateway1',
    type: 'AWS::EC2::NatGateway',
    status: 'CREATE_FAILED',
    reason: 'No address left.',
    template: 'cloudformation/network-stack.yaml:12',
    meaning: 'There is none.',
    advice: 'Release one.',
    others: Array.from({length: 7}, (_, index) => ({
      stack: 'demo',
      logicalId: `Other${index}`,
      type: 'T',
      status: 'CREATE_FAILED',
      reason: 'too',
    })),
    cancelled: 3,
  },
  evidence: [{kind: 'task', title: 'Task 1', lines: ['STOPPED']}],
  next: 'Run `mcpgw deploy`.',
}

it('tells the cause, what it means, the evidence, and what to do', () => {
  expect(diagnosisText(failedRun, {...options, recorded: 'r-1'})).toBe(
    [
      '✖ demo: failed (demo is ROLLBACK_COMPLETE).',
      'Cause: demo / NetworkStack / NatGateway1 (AWS::EC2::NatGateway) CREATE_FAILED',
      'Why:   No address left.',
      'Means: There is none.',
      'Where: cloudformation/network-stack.yaml:12',
      'Do:    Release one.',
      ...[0, 1, 2, 3, 4].map(index => `Also:  demo / Other${index} (T): too`),
      'Also:  and 2 more.',
      'Also:  3 cancelled because of it.',
      'Evidence:',
      '  Task 1:',
      '    STOPPED',
      'Try:   Run `mcpgw deploy`.',
      'Recording: what mcpgw saw at that time: `mcpgw diagnose --run r-1`',
    ].join('\n'),
  )
})

it.each([
  ['well', '✔ demo: nothing failed (demo is CREATE_COMPLETE).'],
  ['running', '✖ demo: still in progress, and nothing has failed so far (demo is CREATE_COMPLETE).'.slice(2)],
] as const)('says that it is %s', (state, expected) => {
  const stacks = [{name: 'demo', status: 'CREATE_COMPLETE'}]
  const result = {...failedRun, state, stacks, diagnosis: null, evidence: [], next: null}
  expect(diagnosisText(result, options).split('\n')[0]).toBe(expected)
})

it('names the run when one was read', () => {
  const text = diagnosisText({...failedRun, run: 'r-1', state: 'running'}, options)
  expect(text).toMatch(
    /^✖ Run r-1: still in progress, and something has failed \(demo is ROLLBACK_COMPLETE\)\./,
  )
})

it('does not repeat what to do where a recorded run told it in one piece', () => {
  const recorded = {...failedRun, run: 'r-1', next: 'Release one. Run `mcpgw deploy`.'}
  expect(diagnosisText(recorded, options)).toContain('\nTry:   Run `mcpgw deploy`.')
})

it('offers no verification of a stack that was named: it may be of no environment', () => {
  const well: DiagnoseResult = {...failedRun, state: 'well', diagnosis: null, evidence: [], next: null}
  expect(diagnosisText(well, options)).toMatch(/Run `mcpgw verify` to check whether it is healthy\.$/)
  expect(diagnosisText(well, {paint: options.paint})).toBe(
    '✔ demo: nothing failed (demo is ROLLBACK_COMPLETE).',
  )
})

it('says of commands for the embedded account when they work', () => {
  const next =
    'Run `aws cloudformation rollback-stack --stack-name demo --endpoint-url http://127.0.0.1:4566`.'
  expect(diagnosisText({...failedRun, next}, {...options, recorded: 'r-1'})).toMatch(
    /\nNote: {2}Commands with http:\/\/127\.0\.0\.1:4566 work while `mcpgw rehearse --port 4566` .*\nRecording: .*$/,
  )
  expect(diagnosisText(failedRun, options)).not.toContain('Note:')
})
