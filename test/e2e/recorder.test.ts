import {chmodSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import {readProductTemplate, templateNames} from '../rehearsal/helpers/template-run.js'
import {InProcessRehearsal} from './in-process.js'

const canary = 'Canary-7f3a-Sings'
/** Every NoEcho parameter of the templates. */
const secrets = [
  ...new Set(
    templateNames().flatMap(name =>
      Object.entries(readProductTemplate(name).parameters).flatMap(([parameter, {noEcho}]) =>
        noEcho ? [parameter] : [],
      ),
    ),
  ),
]
/** AWS repeats values of parameters in its reasons. */
const fault = `fail-create Vpc message="The password ${canary} is not welcome here."`
const args = [
  'deploy',
  '--rehearse',
  '--rehearse-fault',
  fault,
  ...secrets.flatMap(name => ['--set', `${name}=${canary}`]),
]

describe('the flight recorder', () => {
  const rehearsal = new InProcessRehearsal()
  afterAll(() => rehearsal.remove())
  const runs = () => join(rehearsal.folder, 'runs')

  test('keeps a run that failed without its secrets, and diagnose explains it without AWS', async () => {
    const {code, stdout, stderr} = await rehearsal.run(args)
    expect(code).toBe(1)
    const [id = ''] = readdirSync(runs())
    expect(id).toMatch(/^\d{8}T\d{6}Z-deploy-mcp-gateway-[0-9a-f]{4}$/)
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(`Recording: ${join(runs(), id)}`)
    expect(statSync(join(runs(), id)).mode & 0o777).toBe(0o700)

    const files = readdirSync(join(runs(), id), {recursive: true, encoding: 'utf8'})
    const texts = files
      .map(name => join(runs(), id, name))
      .filter(file => statSync(file).isFile())
      .map(file => readFileSync(file, 'utf8'))
    expect(texts.length).toBeGreaterThan(3)
    // The fault itself is told as it was given.
    const told = stderr.replace(/^Fault .*$/m, '')
    expect([...texts, stdout, told].filter(text => text.includes(canary))).toEqual([])
    const run = JSON.parse(readFileSync(join(runs(), id, 'run.json'), 'utf8'))
    expect(run).toMatchObject({rehearsal: true, account: expect.stringMatching(/^\d{12}$/), exitCode: 1})
    expect(secrets.length).toBeGreaterThan(2)
    expect(secrets.map(name => run.parameters[name])).toEqual(secrets.map(() => '****'))

    // Nothing that could reach an account is left.
    const explained = await rehearsal.run(['diagnose', '--run', 'latest', '--json'], {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    })
    expect(explained.code).toBe(0)
    expect(explained.json()).toMatchObject({
      run: id,
      state: 'failed',
      diagnosis: {logicalId: 'Vpc', reason: expect.stringContaining('The password **** is not welcome')},
      next: expect.stringContaining('mcpgw deploy --rehearse'),
    })
  })

  test('ends in the same way where nothing can be written', async () => {
    const blocked = join(rehearsal.folder, 'blocked')
    writeFileSync(blocked, '')
    chmodSync(blocked, 0o400)
    const known = await rehearsal.run([...args, '--json', '--environment', 'one'])
    const nowhere = {MCPGW_RUNS_DIR: join(blocked, 'runs')}
    const other = await rehearsal.run([...args, '--json', '--environment', 'one'], nowhere)
    expect(other.code).toBe(known.code)
    const {run, ...error} = known.json().error
    const resource = expect.stringMatching(/^one-NetworkStack-\w+\/Vpc$/)
    expect(run).toMatch(/-deploy-one-/)
    expect(other.json().error).toEqual({...error, run: null, resource})

    const removed = await rehearsal.run(['teardown', '--rehearse', '--environment', 'one', '--yes'], nowhere)
    expect(removed.code).toBe(0)
    expect(removed.stderr.match(/This run is not recorded: .*/g)).toEqual([
      expect.stringMatching(/ENOTDIR.*Everything else continues\.$/),
    ])
  })

  test('keeps what is watched fail, for whoever started it may be gone', async () => {
    const watched = new InProcessRehearsal()
    try {
      const gone = await watched.rehearse(
        ...['deploy', '--yes', '--timeout', '2m'],
        ...['--rehearse-fault', 'fail-create AWS::ECS::Cluster message="no room"'],
      )
      expect(gone.code).toBe(4)
      const {code, json} = await watched.rehearse('watch')
      expect(code).toBe(1)
      const {run, diagnosis} = json().error
      expect(run).toMatch(/^\d{8}T\d{6}Z-watch-mcp-gateway-[0-9a-f]{4}$/)
      expect(diagnosis).toMatchObject({type: 'AWS::ECS::Cluster', reason: 'no room'})
      const folder = join(watched.folder, 'runs', run)
      expect(readdirSync(folder)).toEqual(expect.arrayContaining(['events.ndjson', 'run.json', 'summary.md']))
      const explained = await watched.run(['diagnose', '--run', run, '--json'])
      expect(explained.json()).toMatchObject({run, diagnosis: {reason: 'no room'}})
      expect((await watched.rehearse('watch')).code).toBe(0)
      expect(readdirSync(join(watched.folder, 'runs')).filter(id => id.includes('-watch-'))).toEqual([run])
    } finally {
      await watched.remove()
    }
  })

  test('leaves no folder of what was refused', async () => {
    const before = readdirSync(runs()).length
    expect((await rehearsal.run(['deploy', '--rehearse', '--replace'])).code).toBe(3)
    expect(readdirSync(runs())).toHaveLength(before)
  })
})
