import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {existingStacks} from './existing-stacks.js'
import type {Finished} from './mcpgw.js'

const {rehearsal} = await existingStacks()
const canary = 'Canary-of-the-reset-1'

const runs = () => join(rehearsal.folder, 'runs')
/** Everything that runs have left on this machine. */
const written = () =>
  existsSync(runs())
    ? readdirSync(runs(), {recursive: true, withFileTypes: true})
        .filter(entry => entry.isFile())
        .map(({parentPath, name}) => readFileSync(join(parentPath, name), 'utf8'))
    : []

describe('mcpgw reset', () => {
  let before: any
  let done: Finished

  beforeAll(async () => {
    before = (await rehearsal.account()).regions['us-west-2']
    done = await rehearsal.rehearse(
      ...['reset', '--yes', '--set', 'TargetCpuUtilization=60'],
      ...['--set', `KeycloakAdminPassword=${canary}`, '--students', '2'],
    )
  })
  afterAll(() => rehearsal.remove())

  test('refuses, before it looks, what nobody can confirm, and what is wrong', async () => {
    expect(await rehearsal.rehearse('reset')).toMatchObject({code: 3})
    const wrong = await rehearsal.rehearse('reset', '--yes', '--set', 'TargetCpuUtilisation=60')
    expect(wrong.code).toBe(2)
    expect(wrong.json()).toMatchObject({account: null, error: {code: 'UNKNOWN_PARAMETER'}})
  })

  test('removes, proves and deploys in one', async () => {
    expect(done.code, done.stderr).toBe(0)
    const result = done.json()
    expect(result).toMatchObject({
      layout: 'nested',
      teardown: {proof: {certified: true}, remaining: [], forecast: null, next: null},
      deploy: {operation: 'create', verification: {healthy: true}},
      kept: {parameters: {TargetCpuUtilization: '60'}, students: ['student-01', 'student-02'], file: null},
      next: null,
    })
    expect(result.teardown.removed).toHaveLength(5)
    expect(result.kept.secrets).toContainEqual({name: 'KeycloakAdminPassword', origin: 'given'})
    expect(result.kept.secrets).toContainEqual({name: 'KeycloakDatabasePassword', origin: 'generated'})
    const after = (await rehearsal.account()).regions['us-west-2']
    const ids = (region: any) =>
      Object.values<any>(region.stacks)
        .filter(({status}) => status !== 'DELETE_COMPLETE')
        .map(({id}) => id)
    expect(ids(after)).toHaveLength(5)
    expect(ids(after).filter(id => ids(before).includes(id))).toEqual([])
  })

  test('keeps no secret, nor what it kept once it has ended well', () => {
    expect(written().length).toBeGreaterThan(0)
    expect(written().filter(text => text.includes(canary))).toEqual([])
    expect(done.stdout + done.stderr).not.toContain(canary)
    expect(readdirSync(runs()).filter(name => name.startsWith('reset-'))).toEqual([])
  })
})
