import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {InProcessRehearsal} from './in-process.js'
import {Rehearsal} from './mcpgw.js'
import {serve} from './served.js'

let rehearsal: InProcessRehearsal
beforeEach(() => {
  rehearsal = new InProcessRehearsal()
})
afterEach(() => rehearsal.remove())

test('a fault that is none is refused before anything is begun', async () => {
  const {code, json} = await rehearsal.rehearse('verify', '--rehearse-fault', 'trottle ecs')
  expect(code).toBe(2)
  expect(json().error).toMatchObject({
    code: 'INVALID_FAULT',
    message: 'The fault "trottle ecs": trottle is no kind of fault. Did you mean throttle?',
    hint: expect.stringMatching(/^The kinds are throttle, /),
  })
})

test('so is one of an operation that the account does not have', async () => {
  const {code, json} = await rehearsal.rehearse('verify', '--rehearse-fault', 'deny ecs:DescribeServces')
  expect(code).toBe(2)
  expect(json().error).toMatchObject({
    code: 'INVALID_FAULT',
    message: expect.stringContaining('no operation ecs:DescribeServces. Did you mean ecs:DescribeServices?'),
  })
})

test('faults come from flags, variables and files, are triggered, and are told until they are cleared', async () => {
  const file = join(rehearsal.folder, 'faults.yaml')
  writeFileSync(file, '- {kind: slow, where: Vpc, factor: 2}\n')
  const env = {MCPGW_REHEARSE_FAULT: 'deny cloudformation:DescribeStacks\nunsteady *-registry'}
  const denied = await rehearsal.run(['verify', '--rehearse', '--rehearse-faults', file], env)
  expect(denied.code).toBe(1)
  expect(denied.stderr).toContain('may not call cloudformation:DescribeStacks')
  const told = (text: string) => text.match(/^Fault .*$/gm)
  expect(told(denied.stderr)).toEqual([
    'Fault f-1: deny cloudformation:DescribeStacks',
    'Fault f-2: unsteady *-registry',
    'Fault f-3: slow Vpc factor=2',
  ])
  const cleared = await rehearsal.run(['verify', '--rehearse', '--rehearse-fault', 'clear'])
  expect(told(cleared.stderr)).toBeNull()
  expect(cleared.stderr).not.toContain('may not call cloudformation:DescribeStacks')
})

test('mcpgw rehearse serves an account with faults, and says so', async () => {
  const process = new Rehearsal()
  const served = await serve(process, '--fault', 'throttle sts', '--fault', 'hang s3 at=5m')
  try {
    expect(served.output()).toContain('Fault f-1: throttle sts\nFault f-2: hang s3 at=5m\n')
    const answer = await fetch(`${served.endpoint}/_mcpgw/faults`)
    expect(await answer.json()).toMatchObject({faults: [{state: 'live'}, {state: 'waiting'}]})
  } finally {
    await served.stop()
    await process.remove()
  }
})
