import {mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {defineConfig} from 'vitest/config'
import {longestFirst} from './test/helpers/longest-first.js'

/** From a hundred seconds down to ten each; all others take less. */
const longest = [
  ...[
    'inputs',
    'rules',
    'random',
    'damage',
    'killed',
    'prefixes',
    'resource-types',
    'update-in-place',
    'hostile',
    'builds',
  ],
  ...[
    'messes',
    'processes',
    'creation',
    'origin-header',
    'interruptions',
    'services',
    'broken',
    'nested',
    'outages',
  ],
  ...[
    'docs',
    'deletion',
    'followed',
    'throttling',
    'realm',
    'credentials',
    'concurrency',
    'secrets',
    'found',
  ],
]

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-drills-'))
const [runs, states] = [join(folder, 'runs'), join(folder, 'states')]
mkdirSync(states)
process.on('exit', () => rmSync(states, {recursive: true, force: true}))

/** The drills, `npm run drills`: docs/drills.md says what they are. */
export default defineConfig({
  test: {
    include: ['test/drills/**/*.test.ts'],
    reporters: ['dot', './test/drills/reporter.ts'],
    maxWorkers: 2,
    sequence: {sequencer: longestFirst(longest)},
    // A worker that is warm, and has made where drills begin, serves all files.
    isolate: false,
    // What was translated from TypeScript once is kept until the file changes.
    experimental: {fsModuleCache: true},
    // An account and its client in one process leave much behind that is soon dead: a tenth of the time went there.
    execArgv: ['--max-semi-space-size=64'],
    env: {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      MCPGW_RUNS_DIR: runs,
      MCPGW_DRILL_STATES: states,
    },
    // A drill takes a second or two, a hundred times that when others come first, as beside the tests.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
