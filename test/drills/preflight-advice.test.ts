import {expect, test} from 'vitest'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'

/** What a check says of an account in which it fails, and again once its advice is followed. */
async function verdictOf(account: DrillAccount, id: string, flags = '') {
  const {document} = await runCommand(account, `mcpgw preflight --rehearse${flags}`)
  const check = document.checks.find((each: {id: string}) => each.id === id)
  return `${check.verdict}: ${check.detail}${check.advice ? ` ${check.advice}` : ''}`
}

async function accountWith(...faults: string[]): Promise<DrillAccount> {
  const account = await DrillAccount.serve()
  await account.setFaults(faults)
  return account
}

test('an organization that demands a permissions boundary gets one', async () => {
  const boundary = 'arn:aws:iam::123456789012:policy/workshop-boundary'
  const account = await accountWith(`demand-boundary ${boundary}`)
  const advised = ` --set PermissionsBoundaryArn=${boundary}`
  expect(await verdictOf(account, 'permissions-boundary')).toMatch(/^warn: .*workshop-boundary.* --set/)
  const without = await runCommand(account, 'mcpgw deploy --rehearse --yes')
  expect(without.exitCode).toBe(1)
  expect(without.error?.message).toContain('iam:CreateRole')
  expect(JSON.stringify(without.error)).toContain('--set PermissionsBoundaryArn=ARN')
  expect(await verdictOf(account, 'permissions-boundary', advised)).toBe(`pass: ${boundary}`)
  const advisedRun = await runCommand(account, `mcpgw deploy --rehearse --yes${advised}`)
  expect(advisedRun.exitCode, advisedRun.stdout).toBe(0)
  await account.stop()
})
