import {copyFileSync} from 'node:fs'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {formatMinutes} from '../../src/report/words.js'
import {InProcessRehearsal} from './in-process.js'
import type {Finished} from './mcpgw.js'

const plainName = (name: string) => name.replace(/-[A-Z0-9]{12}$/, '')

describe('the individual layout, and the way from it to the nested one', () => {
  const rehearsal = new InProcessRehearsal()
  /** The same account, before anything else happens in it. */
  const other = new InProcessRehearsal()
  let deployed: Finished
  beforeAll(async () => {
    deployed = await rehearsal.rehearse('deploy', '--yes', '--layout', 'individual', '-e', 'class-7')
    await rehearsal.leave()
    copyFileSync(rehearsal.stateFile, other.stateFile)
  })
  afterAll(() => rehearsal.remove())

  test('deploy makes four stacks of their own and ends healthy', () => {
    expect(deployed.code).toBe(0)
    const document = deployed.json()
    expect(document).toMatchObject({
      environment: 'class-7',
      layout: 'individual',
      operation: 'create',
      build: {status: 'SUCCEEDED'},
      verification: {healthy: true},
    })
    expect(document.stacks.map(({name, status}: any) => [name, status])).toEqual([
      ['class-7-network', 'CREATE_COMPLETE'],
      ['class-7-data', 'CREATE_COMPLETE'],
      ['class-7-compute', 'CREATE_COMPLETE'],
      ['class-7-services', 'CREATE_COMPLETE'],
    ])
    expect(document.outputs.RegistryUrl).toMatch(/^https:/)
  })

  test('it takes as long as plan says, a tenth more or less', async () => {
    const plan = (await rehearsal.run(['plan', '--json', '--layout', 'individual', '-e', 'class-7'])).json()
    // What the stacks took. How late the client notices their ends differs from run to run.
    const [network = 0, data = 0, compute = 0, services = 0] = deployed
      .json()
      .stacks.map((stack: {durationSeconds: number}) => stack.durationSeconds)
    const durationSeconds = network + Math.max(data, compute) + services
    expect(durationSeconds).toBeGreaterThan(0.9 * plan.expectedSeconds)
    expect(durationSeconds).toBeLessThan(1.1 * plan.expectedSeconds)
  })

  test('data and compute are made side by side', async () => {
    const {regions} = await rehearsal.account()
    const stacks: any[] = Object.values(regions['us-west-2'].stacks)
    const span = (name: string) => {
      const stack = stacks.find(found => found.name === name)
      return {from: stack.createdAt, to: stack.events.at(-1).at}
    }
    expect(span('class-7-compute').from).toBeLessThan(span('class-7-data').to)
    expect(span('class-7-data').from).toBeLessThan(span('class-7-compute').to)
    expect(span('class-7-network').to).toBeLessThanOrEqual(span('class-7-data').from)
    expect(span('class-7-services').from).toBeGreaterThanOrEqual(span('class-7-compute').to)
  })

  test('deploy again finds nothing to do; a changed parameter updates one stack', async () => {
    const args = ['deploy', '--yes', '--layout', 'individual', '-e', 'class-7']
    expect((await rehearsal.rehearse(...args, '--no-verify')).json()).toMatchObject({operation: 'none'})
    const update = (await rehearsal.rehearse(...args, '--set', 'TargetMemoryUtilization=70')).json()
    expect(update).toMatchObject({operation: 'update', verification: {healthy: true}})
    const touched = update.stacks.filter(({durationSeconds}: any) => durationSeconds > 0)
    expect(touched.map(({name}: any) => name)).toEqual(['class-7-services'])
  })

  test('the other layout is refused without --replace, and nothing is changed', async () => {
    const refused = await rehearsal.rehearse('deploy', '--yes', '-e', 'class-7')
    expect(refused.code).toBe(3)
    expect(refused.json().error.code).toBe('OTHER_LAYOUT')
    expect(refused.json().error.hint).toContain('--replace')
  })

  test('--replace removes services, compute, data and network in this order, then deploys nested', async () => {
    const replaced = await rehearsal.rehearse('deploy', '--yes', '-e', 'class-7', '--replace')
    expect(replaced.stderr).not.toContain('Error')
    expect(replaced.code).toBe(0)
    expect(replaced.json()).toMatchObject({
      layout: 'nested',
      operation: 'create',
      verification: {healthy: true},
    })
    expect(replaced.json().stacks.map(({name}: any) => plainName(name))).toEqual([
      'class-7',
      'class-7-NetworkStack',
      'class-7-DataStack',
      'class-7-ComputeStack',
      'class-7-ServicesStack',
    ])
    const {regions} = await rehearsal.account()
    const gone = Object.values<any>(regions['us-west-2'].stacks).filter(
      ({status, parentId}) => status === 'DELETE_COMPLETE' && !parentId,
    )
    const ends = gone
      .map(({name, events}) => ({
        name,
        at: events.at(-1).at,
        began: events.findLast((e: any) => e.status === 'DELETE_IN_PROGRESS' && e.logicalId === name).at,
      }))
      .sort((left, right) => left.began - right.began)
    expect(ends.map(({name}) => name)).toEqual([
      'class-7-services',
      'class-7-compute',
      'class-7-data',
      'class-7-network',
    ])
    const [services, compute, data, network] = ends
    expect(compute?.began).toBeGreaterThanOrEqual(services?.at)
    expect(network?.began).toBeGreaterThanOrEqual(Math.max(compute?.at, data?.at))
  })

  test('teardown of an individual environment removes its four stacks in reverse and its bucket', async () => {
    try {
      const plainly = ['-e', 'class-7', '--head-start', 'none']
      // What it foresees, from the templates of the stacks, is what plan foresees from the product's.
      const plan = (await other.rehearse('plan', '--teardown', '--layout', 'individual', ...plainly)).json()
      const torn = await other.rehearse('teardown', '--yes', ...plainly)
      expect(torn.code).toBe(0)
      expect(torn.stderr).toContain(`typically ${formatMinutes(plan.expectedSeconds)}`)
      const {removed, remaining, cleaned} = torn.json()
      expect(remaining).toEqual([])
      expect(removed.map(({stack}: any) => stack)).toEqual([
        'class-7-services',
        expect.stringMatching(/compute|data/),
        expect.stringMatching(/compute|data/),
        'class-7-network',
      ])
      expect(cleaned.map(({kind}: any) => kind)).toContain('bucket')
      expect(await other.resourceTypes()).toEqual(['AWS::KMS::Key'])
    } finally {
      await other.remove()
    }
  })
})
