import {describe, expect, it} from 'vitest'
import type {RunFile} from '../../../src/recorder/run-file.js'
import {explainRun} from '../../../src/steps/diagnose/recorded-run.js'
import {facts, stackEvent} from '../../recorder/recorded.js'

const run: RunFile = {
  ...facts,
  id: 'r-1',
  mcpgwVersion: '1.2.3',
  account: '123456789012',
  startedAt: '2026-11-27T18:15:02.000Z',
  endedAt: null,
  exitCode: null,
  failure: null,
  diagnosis: null,
}
const events = [
  stackEvent({
    isStack: true,
    logicalId: 'demo-network',
    type: 'AWS::CloudFormation::Stack',
    status: 'CREATE_IN_PROGRESS',
  }),
  stackEvent({status: 'CREATE_FAILED', reason: 'No VPC left.', at: 1}),
  stackEvent({
    isStack: true,
    logicalId: 'demo-network',
    type: 'AWS::CloudFormation::Stack',
    status: 'ROLLBACK_COMPLETE',
    at: 2,
  }),
]

describe('a recorded run', () => {
  it('that failed is explained by its events, and by its own hint', () => {
    const failure = {code: 'X', message: 'm', cause: null, hint: 'Do this.', resource: null, logs: null}
    expect(
      explainRun({folder: '', run: {...run, exitCode: 1, failure}, events, evidence: []}, new Map()),
    ).toEqual({
      environment: 'demo',
      run: 'r-1',
      account: '123456789012',
      region: 'us-west-2',
      state: 'failed',
      stacks: [{name: 'demo-network', status: 'ROLLBACK_COMPLETE'}],
      diagnosis: expect.objectContaining({logicalId: 'Vpc', reason: 'No VPC left.'}),
      evidence: [],
      next: 'Do this.',
    })
  })

  it.each([
    [null, 'running'],
    [4, 'running'],
    [130, 'running'],
    [0, 'well'],
    [1, 'failed'],
  ] as const)('that ended with %s is %s', (exitCode, state) => {
    expect(explainRun({folder: '', run: {...run, exitCode}, events: [], evidence: []}, new Map()).state).toBe(
      state,
    )
  })

  it('of a rehearsal advises commands that stay in the rehearsal', () => {
    const own = 'mcpgw deploy --environment demo --rehearse --set MinCapacity=2'
    const rehearsed = {...run, rehearsal: true, endpoint: 'http://127.0.0.1:4566', commandLine: own}
    const adviceFor = (reason: string) => {
      const failing = [stackEvent({status: 'CREATE_FAILED', reason, at: 1})]
      const {diagnosis} = explainRun({folder: '', run: rehearsed, events: failing, evidence: []}, new Map())
      return diagnosis?.advice
    }
    const built = 'The image build b:1 ended with FAILED in phase BUILD.'
    expect(adviceFor(built)).toContain(`\`${own} --images s3://BUCKET/PREFIX/\``)
    expect(adviceFor(`${built} Missing: s3://a/b`)).toContain(
      '`mcpgw images check --environment demo --region us-west-2 --rehearse --from s3://BUCKET/PREFIX/`',
    )
    expect(adviceFor('The maximum number of addresses has been reached.')).toContain(
      '--region us-west-2 --endpoint-url http://127.0.0.1:4566`',
    )
  })

  it('that was killed continues with its own command', () => {
    const {next} = explainRun({folder: '', run, events, evidence: []}, new Map())
    expect(next).toBe('Run `mcpgw deploy --environment demo` to continue.')
  })
})
