import {cpSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
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
} from '../e2e/first-templates.js'

for (const variant of variants) updatesInPlace(variant)

test('the database is raised when that is asked for, in place, and is never lowered again', async () => {
  const {rehearsal} = await deployedWith(variants[0])
  const set = (version: string) => ['--set', `DatabaseEngineVersion=${version}`]
  const later = '8.0.mysql_aurora.3.10.3'
  const before = await lastingIds(rehearsal)
  const raised = await rehearsal.rehearse('deploy', '--yes', ...set(later))
  expect(raised.code, raised.stderr).toBe(0)
  expect(lost(before, await lastingIds(rehearsal))).toEqual([])
  expect(await engineVersions(rehearsal)).toEqual([later])
  const lowered = await rehearsal.rehearse('deploy', '--yes', ...set(firstVersion))
  expect(lowered.code).toBe(3)
  expect(lowered.json().error).toMatchObject({
    code: 'PREFLIGHT_BLOCKED',
    message: expect.stringContaining('Aurora does not go back'),
  })
  expect(await engineVersions(rehearsal)).toEqual([later])
})

describe('a template with a property that only a new resource can have is noticed', () => {
  async function update(file: string, change: readonly [string, string]) {
    const {rehearsal} = await deployedWith(variants[0])
    const folder = mkdtempSync(join(tmpdir(), 'mcpgw-changed-'))
    cpSync(ours, folder, {recursive: true})
    changed(folder, file, change)
    const before = await lastingIds(rehearsal)
    const {code} = await rehearsal.run(['deploy', '--rehearse', '--json', '--yes'], {
      MCPGW_TEMPLATES_DIR: folder,
    })
    rmSync(folder, {recursive: true, force: true})
    return {code, lost: lost(before, await lastingIds(rehearsal))}
  }

  test('by what is lost, of a database', async () => {
    const change = ['DatabaseName: keycloak', 'DatabaseName: logins'] as const
    expect(await update('data-stack.yaml', change)).toMatchObject({
      code: 0,
      lost: expect.arrayContaining([expect.stringMatching(/\/DatabaseCluster$/)]),
    })
  })

  test('by an update that fails, of a file system whose id is exported', async () => {
    const change = ['PerformanceMode: generalPurpose', 'PerformanceMode: maxIO'] as const
    expect(await update('data-stack.yaml', change)).toEqual({code: 1, lost: []})
  })
})
