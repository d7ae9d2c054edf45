import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, describe, expect, test} from 'vitest'
import {commandNames} from '../helpers/commands.js'
import {publishedDocument} from '../helpers/published-schemas.js'
import {existingStacksInProcess} from './existing-stacks.js'
import {Rehearsal} from './mcpgw.js'

/** `run` itself refuses what schemas/ does not say: these are all commands, and both ways in which one can end. */
const {rehearsal} = await existingStacksInProcess()
afterAll(() => rehearsal.remove())

const plan = fileURLToPath(new URL('../fixtures/parity/v107-oneshot-errored.json.gz', import.meta.url))

const timings = fileURLToPath(new URL('../fixtures/timings.json', import.meta.url))

/** A call of each command that hands back a result, in an order in which they all do. */
const calls: Readonly<Record<string, readonly string[]>> = {
  preflight: ['--rehearse', '-e', 'other'],
  plan: [],
  parity: ['--tf-plan', plan],
  verify: ['--rehearse', '--shallow'],
  credentials: ['--rehearse'],
  realm: ['--rehearse'],
  diagnose: ['--rehearse'],
  cancel: ['--rehearse', '--yes'],
  watch: ['--rehearse'],
  'timings show': [],
  'timings export': [],
  'timings import': ['--from', timings],
  'timings forget': [],
}

/** Where the others hand back a result, which takes them longer. */
const elsewhere = {
  'images export': 'images',
  'images check': 'images',
  teardown: 'nested',
  deploy: 'deployed',
  reset: 'reset',
}

describe('the document of', () => {
  test.each(Object.keys(calls))('%s is as schemas/ says', async name => {
    if (['cancel', 'watch'].includes(name)) await beginUpdate('mcp-gateway')
    const {stderr, json} = await rehearsal.run([...name.split(' '), ...(calls[name] ?? []), '--json'])
    expect(json().error, stderr).toBeUndefined()
    const isRehearsed = calls[name]?.includes('--rehearse')
    expect(json().time).toBe(isRehearsed ? 'account time' : 'real time')
  })

  test('diagnose --run latest is as schemas/ says', async () => {
    const {json} = await rehearsal.run(['diagnose', '--run', 'latest', '--json'])
    expect(json().run).toEqual(expect.any(String))
  })

  test.each(commandNames)('a failure of %s is as schemas/ says', async name => {
    const {code, json} = await rehearsal.run([...name.split(' '), '--no-such-flag', '--json'])
    expect({code, error: json().error.code}).toEqual({code: 2, error: 'USAGE'})
  })

  test('every command is here', () => {
    expect([...Object.keys(calls), ...Object.keys(elsewhere), 'rehearse'].sort()).toEqual(commandNames)
  })
})

describe('the document of rehearse', () => {
  const served = new Rehearsal()
  afterAll(() => served.remove())

  test('is as schemas/ says, and is there while the account is served', async () => {
    const args = ['rehearse', '--port', '0', '--state', join(served.folder, 'a.json'), '--json']
    const child = served.start([...args, '--fault', 'throttle ecs:* rate=30%'])
    let told = ''
    for await (const chunk of child.stdout ?? []) {
      told += chunk
      if (told.endsWith('}\n')) break
    }
    const ended = new Promise(resolve => child.on('exit', resolve))
    child.kill('SIGTERM')
    expect(publishedDocument(args, told)).toMatchObject({open: false, faults: [{state: 'live', struck: 0}]})
    await ended
  })
})

/** By somebody else: so that there is something to cancel, and to watch. */
async function beginUpdate(StackName: string): Promise<void> {
  const {CloudFormation} = await import('@aws-sdk/client-cloudformation')
  const {clientConfig, leave} = await rehearsal.join()
  const sdk = new CloudFormation(clientConfig)
  const {Stacks: [stack] = []} = await sdk.describeStacks({StackName})
  const Parameters = (stack?.Parameters ?? []).map(({ParameterKey}) =>
    ParameterKey === 'TargetCpuUtilization'
      ? {ParameterKey, ParameterValue: '55'}
      : {ParameterKey, UsePreviousValue: true},
  )
  await sdk.updateStack({
    StackName,
    UsePreviousTemplate: true,
    Parameters,
    Capabilities: ['CAPABILITY_NAMED_IAM'],
  })
  leave()
}
