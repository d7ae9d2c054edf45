import {spawnSync} from 'node:child_process'
import {existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
} from '@aws-sdk/client-cloudformation'
import {afterAll, afterEach, beforeAll, describe, expect, it, vi} from 'vitest'
import type {Resource} from '../../../../src/rehearsal/account/account.js'
import {runFunction} from '../../../../src/rehearsal/services/lambda/run-function.js'
import {endAll, faulty} from '../../faults/faulty.js'

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-confined-'))
const file = join(folder, 'canary.txt')
writeFileSync(file, 'canary of a file')
const servers: Server[] = []
let requests: string[] = []

/** A server on this machine, which answers everybody. */
async function server(name: string): Promise<number> {
  const listening = createServer((_, response) => {
    requests.push(name)
    response.end(`canary of ${name}`)
  })
  servers.push(listening)
  await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve))
  return (listening.address() as AddressInfo).port
}

let account: number
let neighbour: number
beforeAll(async () => {
  account = await server('the account')
  neighbour = await server('a neighbour')
})
afterEach(() => {
  requests = []
})
afterAll(async () => {
  await endAll()
  for (const listening of servers) listening.close()
  rmSync(folder, {recursive: true})
})

/** Code that does what its event says: one process serves all of its runs. */
const obedient = `exports.handler = async event => {
  const {file, folder, neighbour, account} = event
  const once = (emitter, name) => new Promise((resolve, reject) => emitter.once(name, resolve).once('error', reject))
  return eval('(async () => {' + event.statement + '})()')
}`

function run(
  statement: string,
  {code = obedient, variables = {}}: {code?: string; variables?: Record<string, string>} = {},
) {
  const lambda: Resource = {
    type: 'AWS::Lambda::Function',
    physicalId: 'demo',
    properties: {
      ...{Code: {ZipFile: code}, Handler: 'index.handler', Timeout: 3},
      Environment: {Variables: variables},
    },
    ...{attributes: {}, tags: {}, createdAt: 0, data: {}},
  }
  const event = {statement, file, folder, neighbour, account}
  return runFunction(lambda, event, {
    region: 'us-west-2',
    accountId: '123456789012',
    endpoint: `http://127.0.0.1:${account}`,
    credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret'},
    requestId: 'r1',
  })
}

/** What a function may not do, and how it is told. */
const attempts: Record<string, [statement: string, told: RegExp]> = {
  'read a file': ["return require('node:fs').readFileSync(file, 'utf8')", /restricted/],
  'list a folder': ["return require('node:fs').readdirSync(folder)", /restricted/],
  'read the program': [`return require('node:fs').readFileSync('${process.execPath}').length`, /restricted/],
  'write a file': ["require('node:fs').writeFileSync(folder + '/written', 'x')", /restricted/],
  'remove a file': ["require('node:fs').rmSync(file)", /restricted/],
  'start a process': ["return String(require('node:child_process').execFileSync('true'))", /restricted/],
  'start a thread': ["new (require('node:worker_threads').Worker)('1', {eval: true})", /restricted/],
  "read another process's environment": [
    "return require('node:fs').readFileSync('/proc/' + process.ppid + '/environ', 'utf8')",
    /restricted/,
  ],
  'signal another process': ['return process.kill(process.ppid, 0)', /may not send a signal to process \d+/],
  'fetch from another port': [
    "return (await fetch('http://127.0.0.1:' + neighbour)).text()",
    /may not connect to 127\.0\.0\.1:\d+: it reaches its account alone/,
  ],
  'ask another port by HTTP': [
    "await once(require('node:http').get('http://localhost:' + neighbour), 'response')",
    /may not connect to localhost:\d+/,
  ],
  'connect to another port': [
    "await once(require('node:net').connect(neighbour, '127.0.0.1'), 'connect')",
    /may not connect to 127\.0\.0\.1:\d+/,
  ],
  'connect to another port by TLS': [
    "await once(require('node:tls').connect({port: neighbour, host: '127.0.0.1'}), 'secureConnect')",
    /may not connect to 127\.0\.0\.1:\d+/,
  ],
  'connect to a socket of this machine': [
    "await once(require('node:net').connect(folder + '/socket'), 'connect')",
    /may not connect to \/.*socket/,
  ],
  'leave this machine': ["await fetch('https://example.com/')", /may not connect to example\.com:443/],
  'look a name up': [
    "await require('node:dns').promises.lookup('example.com')",
    /may not look example\.com up/,
  ],
  'ask a name server': [
    "await require('node:dns/promises').resolve('example.com')",
    /may not look example\.com up/,
  ],
  listen: ["await once(require('node:net').createServer().listen(0), 'listening')", /may not listen/],
  'send a datagram': [
    "require('node:dgram').createSocket('udp4').send('x', neighbour, '127.0.0.1')",
    /may not send datagrams/,
  ],
  'load what is no part of Lambda': ["require('yaml')", /Cannot find module 'yaml'/],
  'load a client that is not installed': [
    "require('@aws-sdk/client-braket')",
    /Cannot find module '@aws-sdk\/client-braket': Lambda has it, but it is not installed with mcpgw/,
  ],
}

describe('a function', () => {
  it.each(Object.entries(attempts))('may not %s', async (_, [statement, told]) => {
    const {failure, result, log} = await run(statement)
    expect(result).toBeUndefined()
    expect(failure).toMatch(told)
    expect(log.join()).toMatch(told)
    expect(requests).toEqual([])
    expect(readdirSync(folder)).toEqual(['canary.txt'])
  })

  it('has the environment that Lambda gives it, that of its template, and nothing of ours', async () => {
    vi.stubEnv('MCPGW_CANARY', 'canary of the environment')
    const {result} = await run('return process.env', {variables: {MINE: 'yes', AWS_REGION: 'eu-west-1'}})
    expect(result).toEqual({
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'us-west-2',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${account}`,
      AWS_LAMBDA_FUNCTION_NAME: 'demo',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      MINE: 'yes',
      TMPDIR: expect.stringContaining('mcpgw-function-'),
    })
  })

  it('reads and writes its scratch folder, which is that for temporary files and goes with its process', async () => {
    const {result} = await run(
      `const fs = require('node:fs'), path = require('node:path').join(require('node:os').tmpdir(), 'mine')
      fs.writeFileSync(path, 'x')
      return [path, fs.readFileSync(path, 'utf8'), fs.readdirSync(process.cwd())]`,
    )
    const [path, text, names] = result as [string, string, string[]]
    expect([text, names]).toEqual(['x', ['mine']])
    await run('process.exit()')
    await vi.waitFor(() => expect(existsSync(path)).toBe(false))
  })

  it('reaches its account, by the SDK and by itself', async () => {
    expect(await run("return (await fetch('http://localhost:' + account)).text()")).toMatchObject({
      result: 'canary of the account',
    })
    const asking = `const {STS} = require('@aws-sdk/client-sts')
      await new STS({maxAttempts: 1}).getCallerIdentity({}).catch(() => {})`
    expect((await run(asking)).failure).toBeUndefined()
    expect(requests).toEqual(['the account', 'the account'])
  })

  it('finds nothing that another function has left in its process', async () => {
    await run('globalThis.left = 1')
    expect((await run('return typeof globalThis.left')).result).toBe('number')
    const code = 'exports.handler = async () => typeof globalThis.left'
    expect((await run('', {code})).result).toBe('undefined')
  })

  it.runIf(process.getuid?.() === 0)('runs as nobody where the superuser serves the account', async () => {
    const nobody = {uid: 65_534, gid: 65_534}
    const modules = new URL('../../../../node_modules/@aws-sdk', import.meta.url).pathname
    const canRead = spawnSync(process.execPath, ['-e', `fs.readdirSync('${modules}')`], nobody).status === 0
    const {result} = await run('return [process.getuid(), process.getgid(), process.getgroups()]')
    expect(result).toEqual(canRead ? [65_534, 65_534, [65_534]] : [0, 0, expect.any(Array)])
  })
})

it('a stack says in the words of its function what that may not do', async () => {
  const served = await faulty([])
  const {region, endpoint, credentials} = served.client
  const cloudFormation = new CloudFormationClient({region, endpoint, credentials})
  const handler = `exports.handler = async event => {
    const {file, folder, neighbour} = event.ResourceProperties
    const told = []
    const attempt = async work => { try { told.push('done: ' + await work()) } catch (error) { told.push(error.message) } }
    await attempt(() => require('node:fs').readFileSync(file, 'utf8'))
    await attempt(() => require('node:fs').writeFileSync(folder + '/written', 'x'))
    await attempt(() => require('node:child_process').execFileSync('true'))
    await attempt(() => process.env.MCPGW_CANARY.length)
    await attempt(() => fetch('http://127.0.0.1:' + neighbour))
    const {StackId, RequestId, LogicalResourceId} = event
    const answer = {StackId, RequestId, LogicalResourceId, PhysicalResourceId: 'x', Status: 'FAILED', Reason: told.join(' | ')}
    await fetch(event.ResponseURL, {method: 'PUT', body: JSON.stringify(answer)})
  }`
  vi.stubEnv('MCPGW_CANARY', 'canary of the environment')
  const trust = {
    Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
  }
  const template = {
    Resources: {
      Role: {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: trust}},
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          ...{Handler: 'index.handler', Runtime: 'nodejs22.x', Timeout: 30, Code: {ZipFile: handler}},
          Role: {'Fn::GetAtt': ['Role', 'Arn']},
        },
      },
      Attempt: {
        Type: 'Custom::Attempt',
        Properties: {ServiceToken: {'Fn::GetAtt': ['Function', 'Arn']}, file, folder, neighbour},
      },
    },
  }
  const stack = {
    StackName: 'demo',
    TemplateBody: JSON.stringify(template),
    Capabilities: ['CAPABILITY_IAM' as const],
  }
  await cloudFormation.send(new CreateStackCommand(stack))
  for (let minute = 1; minute <= 5; minute += 1) await served.minute(minute)
  const {StackEvents = []} = await cloudFormation.send(new DescribeStackEventsCommand({StackName: 'demo'}))
  const failed = StackEvents.find(
    event => event.LogicalResourceId === 'Attempt' && event.ResourceStatus === 'CREATE_FAILED',
  )
  const restricted = 'Access to this API has been restricted[^|]*'
  expect(failed?.ResourceStatusReason).toMatch(
    new RegExp(
      [
        `Message returned: ${restricted}`,
        restricted,
        restricted,
        'Cannot read properties of undefined [^|]*',
        'A function of the embedded account may not connect to 127.0.0.1:\\d+: it reaches its account alone.',
      ].join(' \\| '),
    ),
  )
  expect(requests).toEqual([])
  expect(readdirSync(folder)).toEqual(['canary.txt'])
}, 60_000)
