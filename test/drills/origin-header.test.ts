import {readdirSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type Finished, Rehearsal} from '../e2e/mcpgw.js'

const rehearsal = new Rehearsal()
beforeAll(async () => {
  const {code, stderr} = await rehearsal.rehearse('deploy')
  expect(code, stderr).toBe(0)
})
afterAll(() => rehearsal.remove())

/** Every value that an origin header has ever had in the account. */
async function headerValues(): Promise<string[]> {
  const {regions} = await rehearsal.account()
  const secrets = Object.values<any>(regions['us-west-2'].resources).filter(
    ({type, data}) => type === 'AWS::SecretsManager::Secret' && /-origin-header-/.test(data.name),
  )
  return secrets.flatMap(({data}) => Object.values<any>(data.versions).map(({value}) => value))
}

function recorded(): string[] {
  const runs = join(rehearsal.folder, 'runs')
  return readdirSync(runs, {recursive: true, encoding: 'utf8'})
    .map(name => join(runs, name))
    .filter(file => statSync(file).isFile())
    .map(file => readFileSync(file, 'utf8'))
}

const said: string[] = []
async function run(...args: string[]): Promise<Finished> {
  const finished = await rehearsal.rehearse(...args)
  said.push(finished.stdout, finished.stderr)
  return finished
}

describe('the headers that CloudFront sends', () => {
  const values = new Set<string>()

  test('take a turn by deploy, and no command or recording has their values', async () => {
    for (const value of await headerValues()) values.add(value)
    expect(values.size).toBe(4)
    for (const turn of ['2', '3']) {
      expect((await run('deploy', '--set', `OriginHeaderTurn=${turn}`)).code).toBe(0)
      for (const value of await headerValues()) values.add(value)
    }
    // Turn 3 makes one anew for each load balancer.
    expect(values.size).toBe(6)
    expect((await run('verify')).code).toBe(0)
    expect((await run('plan', '--set', 'OriginHeaderTurn=4')).code).toBe(0)
    expect((await run('credentials')).code).toBe(0)
    // The update fails at its last rule, with everything that is collected behind a failure.
    const fault = 'fail-update KeycloakOriginRule message="The rule cannot be changed." once'
    expect((await run('deploy', '--set', 'OriginHeaderTurn=5', '--set', 'MinCapacity=1')).code).toBe(2)
    await run('deploy', '--set', 'OriginHeaderTurn=4', '--rehearse-fault', fault)
    await run('diagnose')
    for (const value of await headerValues()) values.add(value)
    const texts = [...said, ...recorded()]
    expect(texts.length).toBeGreaterThan(20)
    for (const value of values) {
      expect(value).toMatch(/^[A-Za-z0-9]{48}$/)
      expect(texts.filter(text => text.includes(value))).toEqual([])
    }
  })

  test('and a turn that would skip one is refused, with the one that comes next', async () => {
    const {code, stdout} = await run('deploy', '--set', 'OriginHeaderTurn=8')
    expect(code).toBe(2)
    expect(JSON.parse(stdout).error.hint).toMatch(/^Go one further: --set OriginHeaderTurn=\d\.$/)
  })
})

describe('AdminCidrBlocks', () => {
  test('keeps this machine out of the administration, which the realm step says plainly, and out of nothing else', async () => {
    const shut = await run('deploy', '--set', 'AdminCidrBlocks=192.0.2.0/24')
    expect(shut.code).toBe(1)
    const {error} = shut.json()
    expect(error.code).toBe('REALM_UNREACHABLE')
    expect(error.message).toContain('AdminCidrBlocks of the environment admits 192.0.2.0/24')
    expect((await run('verify')).code).toBe(0)
  })

  test('lets it in again when it names this machine, or everybody', async () => {
    expect((await run('deploy', '--set', 'AdminCidrBlocks=192.0.2.0/24,127.0.0.1/32')).code).toBe(0)
    expect((await run('realm')).code).toBe(0)
    expect((await run('deploy', '--set', 'AdminCidrBlocks=0.0.0.0/0')).code).toBe(0)
    const types = await rehearsal.resourceTypes()
    expect(types).not.toContain('AWS::CloudFront::Function')
    expect((await run('teardown', '--yes')).code).toBe(0)
  })
})
