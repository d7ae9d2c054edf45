import {describe, expect, it} from 'vitest'
import {callingsOf, causeOf} from '../../../src/steps/stacks/cause.js'
import {OperationRecord} from '../../../src/steps/stacks/record.js'
import {Events} from '../../diagnosis/events.js'

const commandLine = (command: string) => `mcpgw ${command} --rehearse`
const embedded = {region: 'us-west-2', endpoint: 'http://127.0.0.1:4566'}
const rows = new Events('compute', 'demo-compute')
const adviceFor = (reason: string, reach: typeof embedded | {region: string; endpoint: undefined}) =>
  causeOf([rows.of('A', 'CREATE_FAILED', 1, {reason})], new Map(), callingsOf(commandLine, reach))?.advice

describe('the commands of an advice', () => {
  const missing = 'The image build b:1 ended with FAILED in phase BUILD. Missing: s3://a/b'
  const quota = 'The maximum number of addresses has been reached.'

  it('of mcpgw reach the same place, those of two words too', () => {
    expect(adviceFor(missing, embedded)).toContain(
      '`mcpgw images check --rehearse --from s3://BUCKET/PREFIX/`',
    )
  })

  it('of AWS reach the endpoint that stands for it, and the region that is meant', () => {
    expect(adviceFor(quota, embedded)).toContain(
      '--desired-value 10 --region us-west-2 --endpoint-url http://127.0.0.1:4566`',
    )
    expect(adviceFor(quota, {region: 'eu-west-1', endpoint: undefined})).toContain(
      '--desired-value 10 --region eu-west-1`',
    )
  })

  it('that ask about another region go where AWS was reached, too', () => {
    const advice = adviceFor('The security token included in the request is invalid', embedded)
    expect(advice).toMatch(
      /`aws account get-region-opt-status --region-name \S+ --region \S+ .*--endpoint-url /,
    )
  })

  it('are told by a run as it reached AWS', () => {
    const record = new OperationRecord(undefined, commandLine)
    record.reaches(embedded)
    record.add(rows.of('A', 'CREATE_FAILED', 1, {reason: quota}))
    expect(record.diagnosis()?.explanation?.advice).toContain('--endpoint-url http://127.0.0.1:4566`')
  })
})
