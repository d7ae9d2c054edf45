import {expect} from 'vitest'
import type {Account} from '../../../src/rehearsal/account/account.js'
import type {DrillAccount} from './account.js'
import {type Ended, runCommand} from './command.js'
import {remains} from './oracle.js'
import {stateOf} from './states.js'
import {changesToOthers} from './whole-account.js'

/** An account in which only other people have something. */
export async function emptyAccount(): Promise<Account> {
  return JSON.parse(await stateOf('empty'))
}

/**
 * Runs a teardown that has to end clean: with a certificate, with nothing of the environment left, and with everything
 * else as it was when the teardown began, to the last property.
 * @param without the account before the environment was made; only the other people of every drill unless given
 */
export async function tearDown(
  account: DrillAccount,
  line = 'mcpgw teardown',
  without?: Account,
): Promise<Ended> {
  const before = await account.state()
  const torn = await runCommand(account, line)
  expectCertified(torn)
  await expectClean(account, before, without)
  return torn
}

export function expectCertified(torn: Ended): void {
  expect(torn, torn.stdout + torn.stderr).toMatchObject({
    exitCode: 0,
    document: {proof: {certified: true}, unknown: [], next: null},
  })
}

/** Nothing is left of the environment, and what is not the environment's is as it was. */
export async function expectClean(account: DrillAccount, before: Account, without?: Account): Promise<void> {
  const after = await account.state()
  const left = remains(after, without ?? (await emptyAccount()))
  expect(left, 'what is left of the environment').toEqual([])
  expect(changesToOthers(before, after), 'what became of others').toEqual([])
}
