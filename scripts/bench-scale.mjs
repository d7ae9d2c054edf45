// An account with many stacks: how creating them, reading them and polling them scale, in time and memory.
import {mkdtempSync, readFileSync, statSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {Agent, request} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation'
import {signedHeaders} from '../dist/rehearsal/wire/sigv4.js'
import {serve, stop} from './bench-account.mjs'

/** Stacks that are under way at once; more is not allowed in AWS either. */
const batch = 50
const clients = 50
const callsPerClient = 40

/** `stacks` stacks of `resources` resources each; prints with `row(name, figure, note)`. */
export async function scale({stacks, resources, row}) {
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-bench-'))
  const accounts = []
  const begin = async name => {
    accounts.push(await serve(join(folder, name)))
    return accounts.at(-1)
  }
  try {
    row('scale', `${stacks} stacks`, `of ${resources} resources each`)
    const small = await begin('small.json')
    await grow(small, row)
    await stop(small)
    const account = await begin('account.json')
    await create(account, stacks, resources, row)
    await read(account, stacks, row)
    await poll(account, stacks, row)
    row(
      '  memory of the account',
      `${memoryMb(account.pid, 'VmRSS')} MB`,
      `${memoryMb(account.pid, 'VmHWM')} MB at most`,
    )
    await stop(account)
    row('  state file', `${(statSync(account.stateFile).size / 1e6).toFixed(0)} MB`, '')
    await again(account.stateFile, row)
  } finally {
    for (const {child} of accounts) child.kill('SIGKILL')
    await rm(folder, {recursive: true, force: true, maxRetries: 20, retryDelay: 50})
  }
}

/** Whether the time of a stack's creation grows as the stack does. */
async function grow(account, row) {
  const count = 10
  // What has not run before runs slowly.
  await createAll(account, namesOf('warm', 0, batch), template(200))
  // Until that is saved.
  await new Promise(resolve => setTimeout(resolve, 2000))
  for (const resources of [50, 100, 200, 400]) {
    const names = namesOf(`size-${resources}`, 0, count)
    const took = await createAll(account, names, template(resources))
    const each = (1000 * took) / count / resources
    row(`  creating ${resources} resources`, ms(took / count), `${each.toFixed(0)} µs a resource`)
  }
}

async function create(account, stacks, resources, row) {
  const began = performance.now()
  const batches = []
  for (let first = 0; first < stacks; first += batch) {
    const names = namesOf('stack', first, Math.min(batch, stacks - first))
    batches.push((await createAll(account, names, template(resources))) / names.length)
  }
  const last = await account.client.send(new DescribeStacksCommand({StackName: nameOf(stacks - 1)}))
  if (last.Stacks[0].StackStatus !== 'CREATE_COMPLETE') throw new Error(`ended ${last.Stacks[0].StackStatus}`)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  row('  created in', `${seconds} s`, `a stack: ${ms(batches[0])} at first, ${ms(batches.at(-1))} at last`)
}

/** Milliseconds until all of them exist. */
async function createAll({client, passTime}, names, TemplateBody) {
  const began = performance.now()
  await Promise.all(names.map(StackName => client.send(new CreateStackCommand({StackName, TemplateBody}))))
  await passTime(600)
  return performance.now() - began
}

async function read(account, stacks, row) {
  const {client} = account
  const some = Array.from({length: 200}, (_, index) => nameOf((index * 7) % stacks))
  await measured(row, '  DescribeStackEvents page', some, StackName =>
    client.send(new DescribeStackEventsCommand({StackName})),
  )
  await measured(row, '  DescribeStacks of one', some, StackName =>
    client.send(new DescribeStacksCommand({StackName})),
  )
  await measured(row, '  DescribeStacks page', some.slice(0, 20), () =>
    client.send(new DescribeStacksCommand({})),
  )
  await measured(row, '  ListStacks page', some.slice(0, 20), () => client.send(new ListStacksCommand({})))
}

/** Requests without the SDK's own work, so that fifty clients fit into one process. */
async function poll(account, stacks, row) {
  const agent = new Agent({keepAlive: true, maxSockets: clients})
  const times = []
  const failures = []
  const began = performance.now()
  await Promise.all(
    Array.from({length: clients}, async (_, client) => {
      for (let call = 0; call < callsPerClient; call += 1) {
        const start = performance.now()
        const body = `Action=DescribeStackEvents&Version=2010-05-15&StackName=${nameOf((client * 13 + call) % stacks)}`
        const answer = await post(account, body, agent).catch(error => ({status: 0, text: String(error)}))
        if (answer.status !== 200) failures.push(answer.text)
        times.push(performance.now() - start)
      }
    }),
  )
  agent.destroy()
  // What only refuses is fast, and says nothing.
  if (failures.length === times.length) throw new Error(`no client was answered: ${failures[0]}`)
  const rate = times.length / ((performance.now() - began) / 1000)
  row(
    `  ${clients} clients at once`,
    `${failures.length} errors`,
    `${rate.toFixed(0)} pages/s, ${spread(times)}`,
  )
}

async function again(stateFile, row) {
  const began = performance.now()
  const account = await serve(stateFile)
  row('  served again after', `${ms(performance.now() - began)}`, `${memoryMb(account.pid, 'VmRSS')} MB`)
  await stop(account)
}

function post({url, credentials}, body, agent) {
  const scope = {region: 'us-west-2', service: 'cloudformation'}
  const form = {'content-type': 'application/x-www-form-urlencoded'}
  const asked = {method: 'POST', url: new URL(url), body, headers: form}
  return new Promise((resolve, reject) => {
    request(url, {method: 'POST', agent, headers: signedHeaders(credentials, scope, asked)}, response =>
      text(response).then(answer => resolve({status: response.statusCode, text: answer}), reject),
    )
      .on('error', reject)
      .end(body)
  })
}

/** Cheap resources, some of which need others. */
function template(resources) {
  const entries = Array.from({length: resources}, (_, index) => {
    const other = `R${index - 1}`
    if (index % 3 === 0) return {Type: 'AWS::SNS::Topic', Properties: {DisplayName: `Topic ${index}`}}
    if (index % 3 === 1) {
      const Value = {'Fn::Sub': `\${AWS::StackName} \${${other}}`}
      return {Type: 'AWS::SSM::Parameter', Properties: {Type: 'String', Value}}
    }
    return {Type: 'AWS::Logs::LogGroup', Properties: {RetentionInDays: 7}}
  })
  return JSON.stringify({Resources: Object.fromEntries(entries.map((entry, index) => [`R${index}`, entry]))})
}

async function measured(row, name, items, call) {
  const times = []
  for (const item of items) {
    const start = performance.now()
    await call(item)
    times.push(performance.now() - start)
  }
  row(name, ms(sorted(times)[Math.floor(times.length / 2)]), spread(times))
}

const sorted = values => values.toSorted((a, b) => a - b)
const spread = values => {
  const all = sorted(values)
  return `p95 ${ms(all[Math.floor(all.length * 0.95)])}, at most ${ms(all.at(-1))}`
}
const ms = value => `${value.toFixed(1)} ms`
const nameOf = index => `stack-${index}`
const namesOf = (prefix, first, count) =>
  Array.from({length: count}, (_, index) => `${prefix}-${first + index}`)

/** Linux tells the memory of another process; elsewhere it stays unknown. */
function memoryMb(pid, field) {
  try {
    const [, kilobytes] = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return (Number(kilobytes) / 1024).toFixed(0)
  } catch {
    return '?'
  }
}
