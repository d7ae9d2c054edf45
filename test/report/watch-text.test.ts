import {expect, it} from 'vitest'
import {paint} from '../../src/report/paint.js'
import {watchText} from '../../src/report/watch-text.js'
import type {WatchResult} from '../../src/results.js'

function verdict(...names: string[]): string {
  const stacks = names.map(name => ({name, status: 'CREATE_COMPLETE', durationSeconds: 60}))
  const result = {
    environment: 'demo',
    account: '123456789012',
    region: 'us-west-2',
    operation: 'create',
    stacks: stacks as unknown as WatchResult['stacks'],
    durationSeconds: 60,
    apiCalls: {},
    next: 'Run `mcpgw verify`.',
  } satisfies WatchResult
  const text = watchText(result, paint({stream: process.stdout, noColor: true}), {})
  return text.split('\n').find(line => line.startsWith('✔')) ?? ''
}

it.each([
  [['demo', 'demo-NetworkStack-ABC'], '✔ demo was created (watched for 1m00s).'],
  [['demo-data'], '✔ demo-data was created (watched for 1m00s).'],
  [['demo-data', 'demo-compute'], '✔ demo-data, demo-compute were created (watched for 1m00s).'],
])('of %j it says no more than was followed', (names, text) => {
  expect(verdict(...names)).toBe(text)
})
