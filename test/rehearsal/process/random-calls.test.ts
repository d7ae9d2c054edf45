import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {controlPaths} from '../../../src/rehearsal/control/control-paths.js'
import {parseAccountLines} from '../../../src/rehearsal/process/account-text.js'
import {askAccount} from '../../../src/rehearsal/process/holder.js'
import {type ServedAccount, serveAccount} from '../../../src/rehearsal/process/serve.js'
import {handlerTables} from '../../../src/rehearsal/services/operations.js'
import type {ServiceName} from '../../../src/rehearsal/wire/index.js'
import {loadModel} from '../../../src/rehearsal/wire/model.js'
import {isShape} from '../../../src/rehearsal/wire/schema.js'
import {serviceEntries} from '../../../src/rehearsal/wire/services.js'
import {testWorld} from '../helpers/world.js'
import {clientOf} from '../wire/clients.js'
import {Random} from '../wire/random.js'
import {randomValue} from '../wire/random-shape.js'

const RUNS = Number(process.env.CALL_RUNS ?? 10)
const SEED = Number(process.env.CALL_SEED ?? 20_260_101)

const samples = ['vpc', 'registry', 'fargate-service', 'encryption', 'watching', 'database']
const awkward = [
  ...[
    '',
    ' ',
    '*',
    '(',
    '%zz',
    '\0',
    '/',
    '//',
    '..',
    ':',
    'arn:aws:',
    'x'.repeat(5000),
    '-1',
    '1e400',
    'NaN',
  ],
  ...['__proto__', 'constructor', 'toString', 'null', '{}', '[]', '{"Resources":{}}', 'e30=', '10.0.0.0/33'],
]
const numbers = [0, -1, 1, 0.5, 1000, 2 ** 31, 1e15]
const dates = [0, -1e12, 8.64e15].map(time => new Date(time))

const region = 'us-west-2'
const folder = mkdtempSync(join(tmpdir(), 'mcpgw-random-calls-'))
let account: ServedAccount
let known: readonly string[]
const errors: unknown[] = []

beforeAll(async () => {
  const stateFile = join(folder, 'account.json')
  account = await serveAccount({stateFile, speed: 'max', seed: 1, onError: error => errors.push(error)})
  const cloudformation = new CloudFormation({
    ...{region, credentials: account.credentials, endpoint: account.url},
  })
  for (const StackName of samples) {
    const TemplateBody = readFileSync(
      new URL(`../templates/samples/${StackName}.yaml`, import.meta.url),
      'utf8',
    )
    const Capabilities = ['CAPABILITY_NAMED_IAM' as const]
    // One that needs more than this leaves its failure in the account, which is as good.
    await cloudformation.createStack({StackName, TemplateBody, Capabilities}).catch(() => {})
  }
  const {url, credentials: key} = account
  const body = String(Date.now() + 3_600_000)
  await askAccount(url, {method: 'PUT', path: controlPaths.time, body, key, limitMs: 20_000})
  await askAccount(url, {method: 'POST', path: controlPaths.save, key})
  known = textsIn(parseAccountLines(readFileSync(stateFile, 'utf8').trimEnd().split('\n')))
}, 30_000)

afterAll(async () => {
  await account.stop()
  rmSync(folder, {recursive: true})
})

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length < 200 ? [value] : []
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) => [name, ...textsIn(member)])
    : []
}

/** The input with names of what there is, with values that nobody expects, and with members left out. */
function mangled(value: unknown, random: Random): unknown {
  if (typeof value === 'string') {
    return random.chance(0.3) ? value : random.pick(random.chance(0.6) ? known : awkward)
  }
  if (typeof value === 'number') return random.chance(0.5) ? value : random.pick(numbers)
  if (value instanceof Date) return random.chance(0.5) ? value : random.pick(dates)
  if (Array.isArray(value)) return value.map(item => mangled(item, random))
  if (!isShape(value) || Object.getPrototypeOf(value) !== Object.prototype) return value
  const members = Object.entries(value).filter(() => random.chance(0.85))
  return Object.fromEntries(members.map(([name, member]) => [name, mangled(member, random)]))
}

const tables = handlerTables(testWorld().world)

test.each(serviceEntries.map(([name]) => name))(
  'no call to %s, whatever it asks for, meets a defect of the account',
  async (service: ServiceName) => {
    const model = await loadModel(service)
    const client = await clientOf(service, account.url, {region, credentials: account.credentials})
    const random = new Random(SEED)
    const defects: unknown[] = []
    let answered = 0
    for (const operation of Object.keys(tables[service] ?? {})) {
      const {input} = model.operations.get(operation) ?? {}
      if (!input) throw new Error(`${service} has no operation ${operation}`)
      for (let run = 0; run < RUNS; run += 1) {
        // A length that is not the body's would keep client and server waiting for each other.
        const wishes = {without: new Set(['ContentLength']), needs: new Set<string>()}
        const sent = mangled(randomValue(input, random, wishes), random) as object
        const {status = 0} = await client.send(operation, sent).then(
          () => ({status: 200}),
          ({$metadata}) => ({status: $metadata?.httpStatusCode as number | undefined}),
        )
        answered += Number(status > 0)
        for (const error of errors.splice(0)) defects.push({operation, sent, error})
      }
    }
    client.destroy()
    // The client refuses some of it by itself.
    expect(answered).toBeGreaterThan(0)
    expect(defects).toEqual([])
  },
  60_000,
)
