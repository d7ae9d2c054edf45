import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {CloudFormationClient, DescribeStacksCommand} from '@aws-sdk/client-cloudformation'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {InProcessRehearsal} from './in-process.js'
import {type Finished, Rehearsal} from './mcpgw.js'
import {serve} from './served.js'

const canaries = {
  KeycloakAdminPassword: 'Canary-admin-4711',
  KeycloakDatabasePassword: 'Canary-database-4712',
  EmbeddingsApiKey: 'Canary-embeddings-4713',
}

describe('what a run without a terminal shows', () => {
  const rehearsal = new InProcessRehearsal()
  let run: Finished
  beforeAll(async () => {
    const file = join(rehearsal.folder, 'class.json')
    const embeddings = {EmbeddingsProvider: 'litellm', EmbeddingsModelName: 'text-embedding-3-small'}
    writeFileSync(file, JSON.stringify({...canaries, ...embeddings}))
    run = await rehearsal.run(['deploy', '--rehearse', '--yes', '--verbose', '--parameters', file])
  })
  afterAll(() => rehearsal.remove())

  test('ends well, with every progress line carrying its time', () => {
    expect(run.code).toBe(0)
    const lines = run.stderr.split('\n').filter(line => line.includes('CREATE_COMPLETE'))
    expect(lines.length).toBeGreaterThan(4)
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /)
  })

  test('ends with services and target groups as tables, URLs, how to read the password, and what to run next', () => {
    expect(run.stdout).toMatch(/mcp-gateway-registry\s+1\/1/)
    expect(run.stdout).toMatch(/mcp-gateway-keycloak-tg\s+1\/1/)
    expect(run.stdout).toMatch(/https:\/\/\w+\.cloudfront\.net/)
    expect(run.stdout).toContain('mcpgw credentials --rehearse --user admin --reveal\n')
    expect(run.stdout).toContain('mcpgw verify --rehearse')
    expect(run.stdout).toContain('mcpgw teardown --rehearse')
  })

  test("the account's own key shows nowhere: screen, JSON, recordings, log, state, arguments of processes", async () => {
    const key = JSON.parse(readFileSync(`${rehearsal.stateFile}.key`, 'utf8'))
    const {pid} = JSON.parse(readFileSync(`${rehearsal.stateFile}.lock`, 'utf8'))
    const commandLine = `/proc/${pid}/cmdline`
    const revealed = await rehearsal.rehearse('credentials', '--reveal')
    const places: Record<string, string> = {
      'standard output': run.stdout,
      'standard error': run.stderr,
      'the JSON of another command': revealed.stdout + revealed.stderr,
      ...(existsSync(commandLine) && {'arguments of the server': readFileSync(commandLine, 'utf8')}),
    }
    await rehearsal.account()
    for (const entry of readdirSync(rehearsal.folder, {recursive: true, withFileTypes: true})) {
      const file = join(entry.parentPath, entry.name)
      if (entry.isFile() && !file.endsWith('.key')) places[file] = readFileSync(file, 'latin1')
    }
    expect(Object.keys(places).filter(place => place.includes('/runs/')).length).toBeGreaterThan(3)
    expect(Object.keys(places)).toContain(rehearsal.stateFile)
    const leaks = Object.entries(places).flatMap(([place, text]) =>
      [key.secretAccessKey, key.accessKeyId].filter(canary => text.includes(canary)).map(() => place),
    )
    expect(leaks).toEqual([])
  })

  test('no secret shows anywhere: screen, debug output, JSON, events', async () => {
    const again = await rehearsal.rehearse('deploy', '--yes', '--set', 'KeycloakAdminPassword=short')
    const {regions} = await rehearsal.account()
    const stacks = Object.values<any>(regions['us-west-2'].stacks)
    const places = {
      'standard output': run.stdout,
      'standard error': run.stderr,
      'the refusal': again.stdout + again.stderr,
      'stack events': JSON.stringify(stacks.map(({events}) => events)),
      'stack outputs': JSON.stringify(stacks.map(({outputs}) => outputs)),
    }
    expect(again.code).toBe(2)
    const leaks = Object.entries(places).flatMap(([place, text]) =>
      Object.values(canaries)
        .filter(canary => text.includes(canary))
        .map(canary => `${canary} in ${place}`),
    )
    expect(leaks).toEqual([])
  })
})

describe('mcpgw rehearse', () => {
  test('serves an account to any AWS client, says that it is not AWS, and ends on Ctrl-C', async () => {
    const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: undefined})
    const served = await serve(rehearsal)
    expect(served.output()).toMatch(/not AWS/i)
    expect(Object.keys(served.env)).toEqual(
      expect.arrayContaining([
        'AWS_ENDPOINT_URL',
        'AWS_REGION',
        'AWS_DEFAULT_REGION',
        'AWS_ACCESS_KEY_ID',
        'AWS_SECRET_ACCESS_KEY',
        'NO_PROXY',
      ]),
    )
    const client = new CloudFormationClient(served.clientConfig)
    expect((await client.send(new DescribeStacksCommand({}))).Stacks ?? []).toEqual([])
    const second = await rehearsal.run(['rehearse', '--port', '0', '--state', rehearsal.stateFile])
    expect(second.code).toBe(3)
    expect(second.stderr).toContain(served.endpoint)
    const joined = await rehearsal.run(['verify', '--rehearse', '--json'], {MCPGW_REHEARSE_SPEED: undefined})
    expect(joined.json().error.code).toBe('NO_SUCH_ENVIRONMENT')
    expect(await served.stop()).toBe(0)
    await rehearsal.remove()
  })
})

describe('the command line', () => {
  test('tells its version and its commands', async () => {
    const rehearsal = new Rehearsal()
    const version = await rehearsal.run(['--version'])
    expect(version.stdout).toMatch(/^mcpgw\/\d+\.\d+\.\d+ /)
    const help = await rehearsal.run(['--help'])
    for (const command of ['deploy', 'verify', 'teardown', 'rehearse']) expect(help.stdout).toContain(command)
    await rehearsal.remove()
  })
})

describe('a reader who goes away', () => {
  const rehearsal = new Rehearsal()
  afterAll(() => rehearsal.remove())

  test.each(['stdout', 'stderr'] as const)(
    'from %s changes neither the run nor its exit code',
    async name => {
      const child = rehearsal.start(['teardown', '--rehearse', '--yes', '--verbose'])
      child[name]?.destroy()
      const other = name === 'stdout' ? child.stderr : child.stdout
      other?.resume()
      expect(await new Promise(resolve => child.on('exit', resolve))).toBe(0)
    },
  )
})

describe('mcpgw rehearse --open', () => {
  const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: undefined})
  afterAll(() => rehearsal.remove())
  const asks = (config: object, accessKeyId: string) =>
    new CloudFormationClient({
      ...config,
      maxAttempts: 1,
      credentials: {accessKeyId, secretAccessKey: 'any'},
    }).send(new DescribeStacksCommand({}))

  test('takes the keys that everybody knows, and says whom that lets in; without it nobody gets in with them', async () => {
    const closed = await serve(rehearsal)
    for (const name of ['rehearsal', 'test']) {
      await expect(asks(closed.clientConfig, name)).rejects.toMatchObject({name: 'InvalidClientTokenId'})
    }
    await expect(asks(closed.clientConfig, closed.env.AWS_ACCESS_KEY_ID ?? '')).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    })
    expect(closed.output()).not.toMatch(/^OPEN/m)
    await closed.stop()
    const open = await serve(rehearsal, '--open')
    expect((await asks(open.clientConfig, 'rehearsal')).$metadata.httpStatusCode).toBe(200)
    expect((await asks(open.clientConfig, 'test')).$metadata.httpStatusCode).toBe(200)
    await expect(asks(open.clientConfig, 'other')).rejects.toMatchObject({name: 'InvalidClientTokenId'})
    await expect.poll(() => open.output()).toMatch(/^OPEN: .*\n.*every user of this machine.*\n.*run as you/m)
    // What was exported once stays good.
    expect(open.env.AWS_SECRET_ACCESS_KEY).toBe(closed.env.AWS_SECRET_ACCESS_KEY)
    await open.stop()
  })
})
