import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {failedStates, failedStatuses} from './harness/failed-states.js'
import {tearDown} from './harness/torn-down.js'

const page = readFileSync(new URL('../../docs/states.md', import.meta.url), 'utf8')

test('every failed state of docs/states.md is one of these', () => {
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` \|.*\| failed \|.*\|$/gm)].map(([, status]) => status)
  expect(failedStatuses).toEqual(rows)
  // The second table has the nested stacks, by what is said of them.
  const nested = [...page.matchAll(/^\| ((?:services|compute|data).*?) \| (?:remake|refuse) \|/gm)]
  expect(nested.map(([, which]) => which)).toEqual([
    'services, gone or failed',
    'compute, gone or in `DELETE_FAILED`, with services also gone or failed',
    'compute otherwise, data or network, gone or failed',
  ])
})

describe('a teardown ends with the certificate, and touches nothing else, from a stack', () => {
  test.each(Object.entries(failedStates).map(([name, make]) => ({name, make})))('$name', async ({make}) => {
    const account = await make()
    try {
      await tearDown(account)
    } finally {
      await account.stop()
    }
  })
})
