// What a teardown takes, in the account's time: a plain `delete-stack` of the root, mcpgw's with its head starts, the same in
// express mode, and what nobody can hurry. All of the same environment: `node scripts/bench-teardown.mjs SEED…` prints it alone.
import {spawnSync} from 'node:child_process'
import {copyFileSync, existsSync, mkdtempSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation'
import {serve, stop} from './bench-account.mjs'

const bin = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const environment = 'mcp-gateway'

/** For each seed an environment is made, and torn down in each way; prints with `row(name, figure, note)`. */
export async function teardowns({seeds, row}) {
  for (const seed of seeds) {
    const folder = mkdtempSync(join(tmpdir(), 'mcpgw-bench-'))
    try {
      await ofSeed(seed, folder, row)
    } finally {
      await rm(folder, {recursive: true, force: true, maxRetries: 20, retryDelay: 50})
    }
  }
}

async function ofSeed(seed, folder, row) {
  const deployed = join(folder, 'deployed.json')
  run(deployed, ['deploy', '--rehearse-seed', String(seed)])
  const copyFor = name => {
    const copy = join(folder, `${name}.json`)
    copyFileSync(deployed, copy)
    for (const beside of ['.key', '.log'])
      if (existsSync(deployed + beside)) copyFileSync(deployed + beside, copy + beside)
    return copy
  }
  const {seconds: plain, floor} = await deletePlainly(copyFor('plain'))
  const of = (name, seconds, note = '') =>
    row(
      name,
      `${seconds.toFixed(0)} s`,
      [`${((100 * seconds) / plain).toFixed(1)} %`, note].filter(Boolean).join(', '),
    )
  row(`teardown, seed ${seed}`, '', "the account's time")
  of('  plain delete-stack', plain)
  for (const [name, flags] of [
    ['  mcpgw, no head start', ['--head-start', 'none']],
    ['  mcpgw', []],
    ['  mcpgw --express', ['--express']],
  ]) {
    const {durationSeconds, apiCalls, remaining, unknown} = run(copyFor(name.replace(/\W/g, '')), [
      'teardown',
      ...flags,
    ])
    const calls = Object.values(apiCalls).reduce((sum, count) => sum + count, 0)
    if (remaining.length + unknown.length > 0) throw new Error(`${name} left something`)
    of(name, durationSeconds, `${(calls / durationSeconds).toFixed(2)} API calls a second`)
  }
  of('  floor', floor, 'the database instance by itself: all else can go beside it, or takes seconds')
}

/** The document of a command. */
function run(state, args) {
  const env = {...process.env, MCPGW_REHEARSAL_STATE: state}
  const all = [bin, ...args, '--rehearse', '--rehearse-speed', 'max', '--yes', '--json']
  const {status, stdout, stderr} = spawnSync(process.execPath, all, {env, encoding: 'utf8'})
  if (status !== 0) throw new Error(`mcpgw ${args.join(' ')} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout)
}

/** How long CloudFormation alone takes, and the part of it that waits for nothing else. */
async function deletePlainly(stateFile) {
  const account = await serve(stateFile)
  try {
    const {client, passTime} = account
    const stackOf = async StackName =>
      (await client.send(new DescribeStacksCommand({StackName}))).Stacks?.[0] ?? {}
    const {StackId} = await stackOf(environment)
    await client.send(new DeleteStackCommand({StackName: StackId}))
    for (let waited = 0; (await stackOf(StackId)).StackStatus === 'DELETE_IN_PROGRESS'; waited += 60) {
      if (waited > 7200) throw new Error('the stack is not deleted after two hours')
      await passTime(60)
    }
    const root = await spansOf(client, StackId)
    const {StackStatus} = await stackOf(StackId)
    if (StackStatus !== 'DELETE_COMPLETE') throw new Error(`the stack ended in ${StackStatus}`)
    const data = await spansOf(client, root.get('DataStack').physicalId)
    return {
      seconds: root.get(environment).seconds,
      floor: data.get('DatabaseWriter').seconds,
    }
  } finally {
    await stop(account)
  }
}

/** How long the last deletion of each resource of a stack took, from its first event to its last. */
async function spansOf(client, StackName) {
  const spans = new Map()
  let NextToken
  do {
    const page = await client.send(new DescribeStackEventsCommand({StackName, NextToken}))
    NextToken = page.NextToken
    for (const {LogicalResourceId, PhysicalResourceId, ResourceStatus, Timestamp} of page.StackEvents ?? []) {
      if (ResourceStatus === 'DELETE_COMPLETE')
        spans.set(LogicalResourceId, {end: Timestamp, physicalId: PhysicalResourceId})
      const span = spans.get(LogicalResourceId)
      if (ResourceStatus === 'DELETE_IN_PROGRESS' && span) span.seconds = (span.end - Timestamp) / 1000
    }
  } while (NextToken !== undefined)
  return spans
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const seeds = process.argv.slice(2).map(Number)
  const row = (name, figure, note) => console.log(`${name.padEnd(26)} ${figure.padStart(8)}   ${note}`)
  await teardowns({seeds: seeds.length === 0 ? [1] : seeds, row})
}
