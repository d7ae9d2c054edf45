// Prints what the live screen costs: a deployment at AWS's own speed in a terminal of 80 by 24, looked at for three minutes,
// beside the same with plain lines. `npm run bench -- --screen [FOLDER]` draws it by the build in another folder as well, in the same
// minutes, and prints the ratios.
import {spawn} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'

const usageReporter = new URL('./report-usage.mjs', import.meta.url).href
const here = fileURLToPath(new URL('..', import.meta.url))
/** Real seconds of which each command is looked at. */
const lookSeconds = Number(process.env.BENCH_SCREEN_SECONDS ?? 180)

/** CPU seconds, bytes and drawings of one deployment, which is interrupted when its time is up: in a terminal, else plain. */
async function watched(root, isLive) {
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-bench-screen-'))
  const {CI: _, ...env} = process.env
  const command = `timeout -s INT ${lookSeconds} '${process.execPath}' '${join(root, 'bin', 'run.js')}' deploy --rehearse --rehearse-speed 1 --yes`
  const line = isLive
    ? ['script', '-qefc', `stty rows 24 cols 80; exec ${command}`, '/dev/null']
    : ['sh', '-c', `exec ${command}`]
  const child = spawn(line[0], line.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...env,
      TERM: 'xterm-256color',
      XDG_STATE_HOME: folder,
      MCPGW_REHEARSAL_STATE: join(folder, 'account.json'),
      MCPGW_BENCH_USAGE: folder,
      NODE_OPTIONS: `--import ${usageReporter}`,
    },
  })
  let bytes = 0
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      bytes += chunk.length
    })
  await new Promise(done => child.on('close', done))
  const {cpuSeconds} = readdirSync(folder)
    .filter(name => name.startsWith('usage-'))
    .map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .find(({what}) => what === 'mcpgw')
  await rm(folder, {recursive: true, force: true, maxRetries: 50, retryDelay: 200})
  return {cpuSeconds, bytes}
}

/** Prints the rows, by `row`; `other` is the folder of another build. */
export async function screens({row, other}) {
  const builds = other === undefined ? [here] : [here, resolve(other)]
  const [live, before] = await Promise.all(builds.map(root => watched(root, true)))
  const plain = await watched(here, false)
  const print = (what, {cpuSeconds, bytes}, note = '') =>
    row(what, `${cpuSeconds.toFixed(2)} s CPU`, `${bytes} bytes in ${lookSeconds} s${note}`)
  print('live screen, 80 by 24', live)
  print('  the same in plain lines', plain)
  if (before === undefined) return
  const ratios = `; here ${(live.cpuSeconds / before.cpuSeconds).toFixed(2)} of its CPU, ${(live.bytes / before.bytes).toFixed(3)} of its bytes`
  print('  the other build', before, ratios)
}
