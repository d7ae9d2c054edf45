import {expect, test} from 'vitest'
import {forecastText} from '../../src/report/forecast-text.js'

const link = (logicalId: string, seconds: number, type = 'AWS::SNS::Topic') => ({logicalId, type, seconds})

test('the forecast of a deletion names how long it takes, what takes longest, and what stays', () => {
  const path = [link('A', 5), link('Stack', 500, 'AWS::CloudFormation::Stack'), link('B', 90), link('C', 420)]
  const stays = [
    {logicalId: 'Database', what: 'snapshot' as const},
    {logicalId: 'Key', what: 'resource' as const},
  ]
  expect(forecastText({timeline: {seconds: 780, path}, stays})).toEqual([
    '  typically about 13 minutes, most of it for C 7m00s, B 1m30s, A 5s',
    '  a last snapshot of Database stays, and is billed until someone deletes it',
    '  Key stays',
  ])
})

test('the forecast of a deletion of nothing but stacks names no resource', () => {
  expect(forecastText({timeline: {seconds: 10, path: []}, stays: []})).toEqual(['  typically about a minute'])
})
