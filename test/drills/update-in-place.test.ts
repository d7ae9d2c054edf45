import {cpSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {runCommand} from './harness/command.js'
import {
  changed,
  deployedWith,
  engineVersions,
  firstVersion,
  lastingIds,
  lost,
  ours,
  updatesInPlace,
  variants,
  withTemplates,
} from './harness/first-templates.js'

for (const variant of variants) updatesInPlace(variant)

test('the database is raised when that is asked for, in place, and is never lowered again', async () => {
  const {account} = await deployedWith(variants[0])
  const deploy = (version: string) =>
    runCommand(account, `mcpgw deploy --set DatabaseEngineVersion=${version}`)
  const later = '8.0.mysql_aurora.3.10.3'
  const before = await lastingIds(account)
  const raised = await deploy(later)
  expect(raised.exitCode, raised.stdout).toBe(0)
  expect(lost(before, await lastingIds(account))).toEqual([])
  expect(await engineVersions(account)).toEqual([later])
  const lowered = await deploy(firstVersion)
  expect(lowered.exitCode).toBe(3)
  expect(lowered.error).toMatchObject({
    code: 'PREFLIGHT_BLOCKED',
    message: expect.stringContaining('Aurora cannot be downgraded'),
  })
  expect(await engineVersions(account)).toEqual([later])
})

describe('a template with a property that only a new resource can have is noticed before it is used', () => {
  async function update(file: string, change: readonly [string, string], flags = '') {
    const {account} = await deployedWith(variants[0])
    const folder = mkdtempSync(join(tmpdir(), 'mcpgw-changed-'))
    cpSync(ours, folder, {recursive: true})
    changed(folder, file, change)
    const before = await lastingIds(account)
    const {exitCode, error} = await withTemplates(folder, () => runCommand(account, `mcpgw deploy${flags}`))
    rmSync(folder, {recursive: true, force: true})
    return {exitCode, code: error?.code, lost: lost(before, await lastingIds(account))}
  }
  const anotherDatabase = ['DatabaseName: keycloak', 'DatabaseName: logins'] as const

  test('of a database, which nobody wants to lose', async () => {
    const refused = {exitCode: 3, code: 'DATA_WOULD_BE_LOST', lost: []}
    expect(await update('data-stack.yaml', anotherDatabase)).toEqual(refused)
  })

  test('of a database, which is replaced when that is said', async () => {
    const {lost: gone} = await update('data-stack.yaml', anotherDatabase, ' --replace-data')
    expect(gone).toEqual(expect.arrayContaining([expect.stringMatching(/\/DatabaseCluster$/)]))
  })

  test('of a file system whose id is exported: such an update would be taken back', async () => {
    const change = ['PerformanceMode: generalPurpose', 'PerformanceMode: maxIO'] as const
    const refused = {exitCode: 3, code: 'EXPORTS_IN_USE', lost: []}
    expect(await update('data-stack.yaml', change, ' --replace-data')).toEqual(refused)
  })
})
