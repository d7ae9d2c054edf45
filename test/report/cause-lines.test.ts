import {describe, expect, it} from 'vitest'
import {causeLines, placeText} from '../../src/report/cause-lines.js'
import {foldText} from '../../src/report/fold.js'
import {liveLines} from '../../src/report/live-lines.js'
import {PlainRenderer} from '../../src/report/plain-renderer.js'
import {ProgressModel} from '../../src/report/progress-model.js'
import type {DiagnosisResult} from '../../src/results.js'
import {virtualClock} from '../helpers/virtual-clock.js'

const plain = (text: string) => text
const paint = {red: (text: string) => `<${text}>`, green: plain, yellow: plain, dim: plain, bold: plain}

const diagnosis: DiagnosisResult = {
  stack: 'demo / NetworkStack',
  logicalId: 'NatGateway1',
  type: 'AWS::EC2::NatGateway',
  status: 'CREATE_FAILED',
  reason: 'The maximum number of addresses has been reached.',
  template: 'cloudformation/network-stack.yaml:237',
  meaning: 'No address is left.',
  advice: 'Ask for more: `aws service-quotas request`.',
  others: [],
  cancelled: 3,
}

describe('the first failure on the screen', () => {
  it('tells what failed, why, what that means, where it is and what to do', () => {
    expect(causeLines(diagnosis)).toEqual([
      'First failure: demo / NetworkStack / NatGateway1 (AWS::EC2::NatGateway) CREATE_FAILED',
      'Why:   The maximum number of addresses has been reached.',
      'Means: No address is left.',
      'Where: cloudformation/network-stack.yaml:237',
      'Try:   Ask for more: `aws service-quotas request`.',
    ])
  })

  it('shows line ends and control characters of a reason, which could forge lines of ours', () => {
    const reason = 'It failed.\r\n✔ Healthy: 8 of 8 services.\u001b[2J\u202e'
    const lines = causeLines({...diagnosis, reason})
    expect(lines).toHaveLength(5)
    expect(lines[1]).toBe('Why:   It failed.\\r\\n✔ Healthy: 8 of 8 services.\\x1b[2J\\u202e')
  })

  it('leaves out what nobody knows', () => {
    const unknown = {...diagnosis, template: null, meaning: null, advice: null}
    expect(causeLines(unknown).map(line => line.split(':')[0])).toEqual(['First failure', 'Why'])
  })

  it('continues in the next line where a line would be cut off', () => {
    const lines = causeLines(diagnosis, 40)
    expect(lines.slice(0, 5)).toEqual([
      'First failure: demo / NetworkStack /',
      '       NatGateway1',
      '       (AWS::EC2::NatGateway)',
      '       CREATE_FAILED',
      'Why:   The maximum number of addresses',
    ])
    // One word can be longer.
    const words = lines.filter(line => !line.startsWith('Where:'))
    expect(Math.max(...words.map(({length}) => length))).toBeLessThanOrEqual(40)
  })

  it('names a stack that rolled back by itself', () => {
    expect(placeText({stack: 'demo', logicalId: 'demo', type: 'AWS::CloudFormation::Stack'})).toBe(
      'stack demo',
    )
  })
})

describe('the live screen after a failure', () => {
  const model = new ProgressModel()
  model.hear({kind: 'resources-expected', stacks: [{label: 'network', resources: 49}]})
  model.hear({kind: 'failure-cause', diagnosis})
  const draw = (most: number) => liveLines(model, {now: 0, startedAt: 0, paint, most, columns: 60})

  it('has the failure first, then the stacks', () => {
    const lines = draw(12)
    expect(lines[0]).toBe('<First failure: demo / NetworkStack / NatGateway1>')
    expect(lines.slice(-2)).toEqual(['0/49 resources · 0s', '· network  waiting               0/49'])
  })

  it.each([1, 2, 4, 6, 9])('never takes more than %i lines, one of them for the stacks', most => {
    const lines = draw(most)
    expect(lines.length).toBeLessThanOrEqual(most)
    expect(lines).toContain('0/49 resources · 0s')
  })

  it('leaves it to the failure itself in the end, and to nothing in the next step', () => {
    const ended = new ProgressModel()
    ended.hear({kind: 'failure-cause', diagnosis})
    ended.hear({kind: 'step-failed', id: 'stacks', title: 'Stacks', message: 'x'})
    expect(ended.cause).toBeUndefined()
    ended.hear({kind: 'failure-cause', diagnosis})
    ended.hear({kind: 'step-started', id: 'next', title: 'Next'})
    expect(ended.cause).toBeUndefined()
  })
})

describe('plain lines after a failure', () => {
  it('have the failure with the time in front of every line', async () => {
    const lines: string[] = []
    const renderer = new PlainRenderer({
      clock: virtualClock(),
      verbose: false,
      write: line => lines.push(line),
    })
    renderer.tell({kind: 'failure-cause', diagnosis})
    await renderer.close()
    expect(lines.map(line => line.replace(/^\S+Z/, 'Z'))).toEqual(
      causeLines(diagnosis).map(line => `Z   ${line}`),
    )
  })
})

describe('text that is broken into lines', () => {
  const text = 'Run `aws ec2 describe-addresses --region us-west-2`, then look.'

  it('keeps a command whole where people copy it', () => {
    expect(foldText(text, {width: 20, whole: true})).toEqual([
      'Run',
      '`aws ec2 describe-addresses --region us-west-2`,',
      'then look.',
    ])
  })

  it('breaks it where it would be cut off', () => {
    const lines = foldText(text, {width: 20, whole: false})
    expect(lines.join(' ')).toBe(text)
    expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(20)
  })
})
