// Runs the drills: `npm run drills`. `--filter TEXT` takes those whose name holds the text; everything else goes to
// vitest as it is. DRILL_SEED and DRILL_RUNS choose the random schedules: docs/drills.md.
import {spawnSync} from 'node:child_process'
import {fileURLToPath} from 'node:url'

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const rest = process.argv.slice(2)
const filters = []
for (let at = rest.indexOf('--filter'); at !== -1; at = rest.indexOf('--filter')) {
  const [, text = ''] = rest.splice(at, 2)
  filters.push('--testNamePattern', text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
}
// Beside the named drills there are files that are asked for by name: the random schedules, whether secrets leak, and what
// nobody means in every flag and variable. `all` runs them too.
const byName = ['random', 'secrets', 'inputs']
const everything = rest.indexOf('all')
if (everything !== -1) rest.splice(everything, 1)
const isAsked = everything !== -1 || rest.some(word => byName.includes(word))
const left = isAsked ? [] : byName.flatMap(name => ['--exclude', `test/drills/${name}.test.ts`])
const args = [vitest, 'run', '--config', 'vitest.drills.config.ts', ...filters, ...left, ...rest]
process.exit(spawnSync(process.execPath, args, {stdio: 'inherit'}).status ?? 1)
