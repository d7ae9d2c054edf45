import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {brokenLinks, expectBroken} from '../e2e/broken-links.js'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {stateOf} from './harness/states.js'

describe('a broken link of a student’s way in is red, alone, and says what to do', () => {
  let account: DrillAccount
  beforeAll(async () => {
    account = await DrillAccount.serve(await stateOf('deployed'))
  })
  afterAll(() => account.stop())

  test.each(brokenLinks)('$what: $broken', async link => {
    await account.setFaults(['clear', `broken-link what=${link.what}`])
    const {exitCode, document} = await runCommand(account, 'mcpgw verify')
    expect(exitCode).toBe(1)
    expectBroken(document, link)
  })
})
