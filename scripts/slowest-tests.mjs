// The ten test files that take longest: `npm run slowest`. Runs the suite first; a file that a run with
// `--reporter=json --outputFile.json=FILE` has left may be given instead.
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const howMany = 10

const [given] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'mcpgw-slowest-'))
const report = given ?? join(folder, 'tests.json')
try {
  if (given === undefined) {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const options = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
    const {status} = spawnSync(process.execPath, [vitest, ...options], {cwd: root, stdio: 'inherit'})
    process.exitCode = status ?? 1
  }
  const {testResults} = JSON.parse(readFileSync(report, 'utf8'))
  const files = testResults
    .map(({name, startTime, endTime, assertionResults}) => ({
      seconds: (endTime - startTime) / 1000,
      tests: assertionResults.length,
      file: relative(root, name),
    }))
    .sort((one, other) => other.seconds - one.seconds)
  for (const {seconds, tests, file} of files.slice(0, howMany))
    process.stdout.write(`${seconds.toFixed(1).padStart(6)} s  ${String(tests).padStart(3)} tests  ${file}\n`)
} finally {
  rmSync(folder, {recursive: true})
}
