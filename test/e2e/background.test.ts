import {spawn} from 'node:child_process'
import {existsSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {CloudFormationClient, CreateStackCommand, DescribeStacksCommand} from '@aws-sdk/client-cloudformation'
import {afterAll, describe, expect, test} from 'vitest'
import {Rehearsal} from './mcpgw.js'
import {serve} from './served.js'

type Join = typeof import('../../src/rehearsal/process/join.js')
type LockModule = typeof import('../../src/rehearsal/process/lock.js')
type HolderModule = typeof import('../../src/rehearsal/process/holder.js')

/** The built modules: in the source, the server's process has no file that Node could run. */
const built = async <T>(name: string): Promise<T> =>
  (await import(new URL(`../../dist/rehearsal/process/${name}.js`, import.meta.url).href)) as T

const {joinRehearsal} = await built<Join>('join')
const {lockFile, readHolder} = await built<LockModule>('lock')
const {askAccount} = await built<HolderModule>('holder')

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

async function until(holds: () => boolean | Promise<boolean>, limitMs = 15_000): Promise<void> {
  const end = Date.now() + limitMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it never came to that')
    await pause(50)
  }
}

/** A custom resource whose function answers, and throws when nobody waits for it any more. */
const lateThrower = JSON.stringify({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []}},
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Role: {'Fn::GetAtt': ['Role', 'Arn']},
        Code: {
          ZipFile: `exports.handler = async event => {
            setTimeout(() => { throw new Error('too late') }, 20)
            setTimeout(() => { Promise.reject(new Error('too late as well')) }, 20)
            const {StackId, RequestId, LogicalResourceId} = event
            const body = {Status: 'SUCCESS', PhysicalResourceId: 'it', StackId, RequestId, LogicalResourceId}
            await fetch(event.ResponseURL, {method: 'PUT', body: JSON.stringify(body)})
          }`,
        },
      },
    },
    Custom: {
      Type: 'AWS::CloudFormation::CustomResource',
      Properties: {ServiceToken: {'Fn::GetAtt': ['Function', 'Arn']}},
    },
  },
})

async function createLateThrower(config: ConstructorParameters<typeof CloudFormationClient>[0]) {
  const client = new CloudFormationClient(config ?? {})
  const StackName = 'late'
  await client.send(
    new CreateStackCommand({StackName, TemplateBody: lateThrower, Capabilities: ['CAPABILITY_IAM']}),
  )
  await until(async () => {
    const {Stacks} = await client.send(new DescribeStacksCommand({StackName}))
    return Stacks?.[0]?.StackStatus === 'CREATE_COMPLETE'
  })
}

describe('the process behind --rehearse', () => {
  const rehearsal = new Rehearsal()
  const {stateFile} = rehearsal
  afterAll(() => rehearsal.remove())

  test('is one for two who join at once; code that throws late does not end it; its time decides how long it stays', async () => {
    const both = await Promise.all([joinRehearsal({stateFile, speed: 2000}), joinRehearsal({stateFile})])
    expect(both[0].endpoint).toBe(both[1].endpoint)
    const [{endpoint, region, credentials}] = both
    await createLateThrower({endpoint, region, credentials})
    const log = () => readFileSync(`${stateFile}.log`, 'utf8')
    await until(() => /too late\b/.test(log()) && log().includes('too late as well'))
    // A second start, on a wrong belief, neither wins nor takes the log away.
    expect((await askAccount(endpoint)).accountId).toMatch(/^\d{12}$/)
    const loser = spawn(process.execPath, [
      new URL('../../dist/rehearsal/process/serve-process.js', import.meta.url).pathname,
      stateFile,
      '1',
      '1',
    ])
    expect(await new Promise(resolve => loser.on('exit', resolve))).toBe(1)
    expect(log()).toContain('too late')
    expect(statSync(lockFile(stateFile)).mode & 0o777).toBe(0o600)
    for (const joined of both) joined.leave()
    // Nobody asks any more, and nothing is running.
    await until(() => !existsSync(lockFile(stateFile)))
  })

  test('is started again, where it was, by a client that loses it', async () => {
    const {endpoint, leave} = await joinRehearsal({stateFile})
    const {accountId, nonce} = await askAccount(endpoint)
    const {pid = 0} = readHolder(stateFile) ?? {}
    process.kill(pid, 'SIGKILL')
    // Nothing is asked: that its connection has ended is all that the client notices.
    await until(async () => {
      const found = await askAccount(endpoint).catch(() => undefined)
      return found !== undefined && found.nonce !== nonce
    })
    expect((await askAccount(endpoint)).accountId).toBe(accountId)
    leave()
    const {pid: next = 0} = readHolder(stateFile) ?? {}
    process.kill(next, 'SIGKILL')
  })

  test('is started anew, with the same account, after it was killed', async () => {
    const first = await joinRehearsal({stateFile, speed: 'max'})
    const {accountId} = await askAccount(first.endpoint)
    const log = () => readFileSync(`${stateFile}.log`, 'utf8')
    // Nobody held the account: the log of its earlier life is gone.
    expect(log()).not.toContain('too late')
    writeFileSync(`${stateFile}.log`, 'last words\n')
    const {pid = 0} = readHolder(stateFile) ?? {}
    process.kill(pid, 'SIGKILL')
    first.leave()
    const second = await joinRehearsal({stateFile})
    expect(readHolder(stateFile)?.pid).not.toBe(pid)
    // Whoever is in the lock may be alive, as far as a starter knows, and the log is its own.
    expect(log()).toContain('last words')
    expect((await askAccount(second.endpoint)).accountId).toBe(accountId)
    expect(JSON.stringify(await rehearsal.account())).toContain('stack/late/')
    second.leave()
  })
})

describe('mcpgw rehearse', () => {
  const rehearsal = new Rehearsal()
  afterAll(() => rehearsal.remove())

  test('continues when code throws late, and says when its port is taken', async () => {
    const served = await serve(rehearsal, '--speed', '2000')
    await createLateThrower(served.clientConfig)
    await until(() => served.output().includes('too late as well'))
    const port = new URL(served.endpoint).port
    const second = await rehearsal.run([
      'rehearse',
      '--port',
      port,
      '--state',
      `${rehearsal.stateFile}.2`,
      '--json',
    ])
    expect(second.code).toBe(2)
    expect(second.json().error).toMatchObject({code: 'PORT_IN_USE', hint: expect.stringContaining('--port')})
    expect(await served.stop()).toBe(0)
  })
})
