import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'
import type {StackProgress} from '../../src/progress.js'
import {FlightRecorder, type RecorderOptions} from '../../src/recorder/flight-recorder.js'
import type {RunFacts} from '../../src/recorder/run-file.js'
import {summaryOf} from '../../src/report/run-summary.js'

export const facts: RunFacts = {
  command: 'deploy',
  commandLine: 'mcpgw deploy --environment demo',
  environment: 'demo',
  region: 'us-west-2',
  endpoint: null,
  rehearsal: false,
  layout: 'nested',
  parameters: {MinCapacity: '2'},
  templates: {digest: '0123456789ab', files: {'main-stack.yaml': 'abc'}},
}

/** A folder that goes after the test. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-runs-'))
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}))
  return folder
}

/** A recorder whose clock is at the end of November 2026, and what it complained of. */
export function recorderIn(runs: string, rest: Partial<RecorderOptions> = {}) {
  const troubles: string[] = []
  const recorder = new FlightRecorder({
    facts,
    runs,
    mcpgwVersion: '1.2.3',
    now: () => Date.UTC(2026, 10, 27, 18, 15, 2),
    mask: text => text,
    summarize: summaryOf,
    onTrouble: why => troubles.push(why),
    ...rest,
  })
  return {recorder, troubles}
}

export function stackEvent(rest: Partial<StackProgress> = {}): StackProgress {
  return {
    label: 'network',
    stackName: 'demo-network',
    stackId: 'arn:stack/demo-network/1',
    logicalId: 'Vpc',
    physicalId: 'vpc-1',
    type: 'AWS::EC2::VPC',
    status: 'CREATE_COMPLETE',
    reason: undefined,
    at: 0,
    isStack: false,
    ...rest,
  }
}
