// Prints what a user pays: start-up against bare Node; time, CPU, memory and API calls of a rehearsed deployment at
// the highest speed, and of looks at it; what a teardown takes in each way; what reading a Terraform plan of 50 MB costs; and how the embedded account bears 1,000 stacks of 200
// resources. Figures, not verdicts:
// machines differ. `npm run bench -- --screen` is about the live screen alone (bench-screen.mjs). `npm run bench -- ROUNDS STACKS RESOURCES` takes other numbers; 0 stacks leave the last part out.
import {spawnSync} from 'node:child_process'
import {existsSync, mkdtempSync, readdirSync, readFileSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {readLargePlan} from './bench-parity.mjs'
import {scale} from './bench-scale.mjs'
import {screens} from './bench-screen.mjs'
import {teardowns} from './bench-teardown.mjs'

// Which versions of Node work is said in package.json.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

const bin = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const usageReporter = new URL('./report-usage.mjs', import.meta.url).href
const isOfScreen = process.argv[2] === '--screen'
const [rounds = 11, stacks = 1000, resources = 200] = isOfScreen ? [] : process.argv.slice(2).map(Number)

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

/** Wall milliseconds of one run. */
function timed(args, env = process.env) {
  const began = performance.now()
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {env, encoding: 'utf8'})
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
  return {ms: performance.now() - began, stdout}
}

function startUp() {
  const commands = {
    'node -e 0': ['-e', '0'],
    'mcpgw --version': [bin, '--version'],
    'mcpgw verify --help': [bin, 'verify', '--help'],
    'mcpgw plan': [bin, 'plan'],
  }
  const times = Object.fromEntries(Object.keys(commands).map(name => [name, []]))
  // In turn, so that a machine that slows down slows all of them.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, args] of Object.entries(commands)) {
      const {ms} = timed(args)
      if (round > 0) times[name].push(ms)
    }
  }
  const bare = times['node -e 0']
  for (const [name, values] of Object.entries(times)) {
    const ratio = median(values.map((value, index) => value / bare[index]))
    row(name, `${median(values).toFixed(0)} ms`, `${ratio.toFixed(2)} × node -e 0`)
  }
}

async function deployment() {
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-bench-'))
  const env = {
    ...process.env,
    MCPGW_REHEARSAL_STATE: join(folder, 'account.json'),
    MCPGW_BENCH_USAGE: folder,
    NODE_OPTIONS: `--import ${usageReporter}`,
  }
  const args = [bin, 'deploy', '--rehearse', '--rehearse-speed', 'max', '--yes', '--json']
  const {ms, stdout} = timed(args, env)
  const {apiCalls, durationSeconds, verification} = JSON.parse(stdout)
  const usages = await usagesIn(folder, 2)
  const verified = verifications(env)
  await accountEnded(env.MCPGW_REHEARSAL_STATE)
  await rm(folder, {recursive: true, force: true, maxRetries: 20, retryDelay: 50})
  row('rehearsed deploy, wall', `${(ms / 1000).toFixed(2)} s`, `${durationSeconds} s of the account's time`)
  for (const {what, cpuSeconds, maxRssMb} of usages) {
    row(`  ${what}`, `${cpuSeconds.toFixed(2)} s CPU`, `${maxRssMb.toFixed(0)} MB at most`)
  }
  const total = Object.values(apiCalls).reduce((sum, count) => sum + count, 0)
  row(
    '  API calls',
    String(total),
    `${(total / durationSeconds).toFixed(2)} per second of the account's time`,
  )
  row('  healthy', String(verification.healthy), '')
  for (const {what, wallMs, calls} of verified) {
    row(what, `${(wallMs / 1000).toFixed(2)} s`, `${calls} API calls, each ${latency} later than it would be`)
  }
}

const latency = '100ms'

/** The median of looks at what was deployed, at an account that is running already and answers every call late. */
function verifications({NODE_OPTIONS: _, ...env}) {
  const look = (...flags) => timed([bin, 'verify', '--rehearse', '--json', ...flags], env)
  look('--shallow', '--rehearse-fault', `latency * by=${latency}`)
  return [['--shallow'], []].map(flags => {
    const looks = Array.from({length: 5}, () => look(...flags))
    const {apiCalls} = JSON.parse(looks[0].stdout)
    return {
      what: ['verify', ...flags].join(' '),
      wallMs: median(looks.map(({ms}) => ms)),
      calls: Object.values(apiCalls).reduce((sum, count) => sum + count, 0),
    }
  })
}

/** The reports of `count` processes; the account's own ends a few seconds after its last client. */
async function usagesIn(folder, count) {
  for (let look = 0; look < 100; look += 1) {
    const files = readdirSync(folder).filter(file => file.startsWith('usage-'))
    if (files.length >= count) return files.map(file => JSON.parse(readFileSync(join(folder, file), 'utf8')))
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  throw new Error('the account did not end')
}

/** It ends a few seconds after its last client, and writes its file until then. */
async function accountEnded(stateFile) {
  for (let look = 0; look < 100 && existsSync(`${stateFile}.lock`); look += 1)
    await new Promise(resolve => setTimeout(resolve, 200))
}

function row(name, figure, note) {
  console.log(`${name.padEnd(26)} ${figure.padStart(12)}   ${note}`)
}

console.log(`Node ${process.version}, ${rounds} rounds, medians\n`)
if (isOfScreen) await screens({row, other: process.argv[3]})
else await everything()

async function everything() {
  startUp()
  await deployment()
  await teardowns({seeds: [1], row})
  for (const cells of await readLargePlan()) row(...cells)
  if (stacks > 0) await scale({stacks, resources, row})
}
