// Deploys, verifies and tears down an environment in the embedded account, each with the command a user would
// type. Leaves nothing behind: the account of the tour lives in a temporary folder.
import {spawnSync} from 'node:child_process'
import {mkdtempSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const bin = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mcpgw-tour-'))
const env = {...process.env, MCPGW_REHEARSAL_STATE: join(folder, 'account.json')}

const commands = [
  ['deploy', '--rehearse', '--yes'],
  ['verify', '--rehearse'],
  ['teardown', '--rehearse', '--yes'],
]

let status = 0
for (const args of commands) {
  process.stdout.write(`\n$ mcpgw ${args.join(' ')}\n`)
  status = spawnSync(process.execPath, [bin, ...args], {stdio: 'inherit', env}).status ?? 1
  if (status !== 0) break
}
// The account's server may be writing its last state.
await rm(folder, {recursive: true, force: true, maxRetries: 20, retryDelay: 50})
process.exit(status)
