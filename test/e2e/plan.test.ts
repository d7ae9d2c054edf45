import {existsSync, mkdtempSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import {Rehearsal} from './mcpgw.js'

const guard = new URL('no-network.mjs', import.meta.url).href

describe('plan, on a machine without credentials, AWS configuration and network', () => {
  const rehearsal = new Rehearsal()
  const home = mkdtempSync(join(tmpdir(), 'mcpgw-plan-'))
  /** Nothing but what a program needs to run at all. */
  const bare = Object.fromEntries(
    Object.keys(rehearsal.env).map(name => [name, name === 'PATH' ? process.env.PATH : undefined]),
  )
  const env = {
    ...bare,
    HOME: home,
    NODE_OPTIONS: `--import=${guard}`,
    MCPGW_REHEARSAL_STATE: rehearsal.stateFile,
  }
  afterAll(async () => {
    await rehearsal.remove()
    rmSync(home, {recursive: true, force: true})
  })

  test('says in minutes what deploy would take, and why', async () => {
    const {code, stdout, stderr} = await rehearsal.run(['plan'], env)
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout).toMatch(/^mcp-gateway in region us-west-2, layout nested: .* in about 20 minutes\.$/m)
    expect(stdout).toMatch(/^data +DatabaseWriter +7m01s +\d+:\d\d +RDS::DBInstance$/m)
    expect(stdout).toMatch(/^compute +ContainerImages +9m21s/m)
    expect(stdout).toMatch(/One stack after another, it would take about \d+ minutes\./)
    expect(stdout).toMatch(/Importing them \(--images\): no difference in total\./)
    expect(readdirSync(home)).toEqual([])
  })

  test('plans a teardown in express mode of nested stacks, which deploy does not create in it', async () => {
    const {code, stderr} = await rehearsal.run(['plan', '--teardown', '--express'], env)
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
  })

  test('the guard would have noticed: verify does ask AWS', async () => {
    const credentials = {AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example'}
    expect((await rehearsal.run(['verify'], {...env, ...credentials})).code).toBe(99)
  })

  test('takes the call of a deployment with one word changed, and starts nothing', async () => {
    const call =
      '--rehearse --rehearse-speed max --rehearse-seed 7 --profile x --yes --replace --timeout 5m --no-verify'
    const {code, stdout} = await rehearsal.run(['plan', ...call.split(' '), '-e', 'class-1', '-v'], env)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^network +create +Vpc +AWS::EC2::VPC$/m)
    expect(existsSync(rehearsal.stateFile)).toBe(false)
  })

  test('refuses what deploy refuses', async () => {
    const finished = await rehearsal.run(['plan', '--json', '--set', 'NoSuchThing=1'], env)
    expect(finished.code).toBe(2)
    expect(finished.json().error.code).toBe('UNKNOWN_PARAMETER')
  })

  test('gives the stacks, the time and the path in one JSON document', async () => {
    const finished = await rehearsal.run(['plan', '--json', '--images', 's3://prebuilt/v1/'], env)
    expect(finished.code).toBe(0)
    const {stacks, expectedSeconds, criticalPath, images} = finished.json()
    expect(stacks.map(({logicalId}: any) => logicalId)).toEqual([
      'mcp-gateway',
      'NetworkStack',
      'DataStack',
      'ComputeStack',
      'ServicesStack',
    ])
    for (const {resources} of stacks) {
      for (const resource of resources) {
        expect(resource).toEqual({logicalId: expect.any(String), type: expect.any(String), action: 'create'})
      }
    }
    expect(expectedSeconds).toBeLessThan(1200)
    for (const link of criticalPath) {
      expect(Object.keys(link)).toEqual(['stack', 'logicalId', 'type', 'seconds'])
      expect(stacks.map(({name}: any) => name)).toContain(link.stack)
    }
    expect(criticalPath.reduce((sum: number, {seconds}: any) => sum + seconds, 0)).toBe(expectedSeconds)
    expect(images).toMatchObject({mode: 'import'})
  })
})
