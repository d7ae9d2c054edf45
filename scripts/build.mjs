// Compiles src/ to dist/, puts the data files beside the code that reads them, and writes the command manifest
// that lets `--help` answer without loading a command.
import {execFileSync} from 'node:child_process'
import {copyFileSync, rmSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (script, ...args) =>
  execFileSync(process.execPath, [`${root}node_modules/${script}`, ...args], {cwd: root, stdio: 'inherit'})

// What was built before stays usable while the source has an error.
run('typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit')
rmSync(`${root}dist`, {recursive: true, force: true})
run('typescript/bin/tsc', '-p', 'tsconfig.json')
copyFileSync(
  `${root}src/rehearsal/kinds/resource-types.json`,
  `${root}dist/rehearsal/kinds/resource-types.json`,
)
run('oclif/bin/run.js', 'manifest')
