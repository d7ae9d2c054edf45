// Builds OpenTofu from its source in the Go module proxy. `go install` refuses it, because its go.mod replaces a module;
// so the source is copied, and built there.
import {spawnSync} from 'node:child_process'
import {chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const version = 'v1.12.6'
const cache = fileURLToPath(new URL('../node_modules/.cache/mcpgw', import.meta.url))

/** @returns the path of the program, which is built once */
export function builtTofu() {
  const program = join(cache, `tofu-${version}`)
  if (existsSync(program)) return program
  mkdirSync(cache, {recursive: true})
  const source = mkdtempSync(join(cache, 'tofu-source-'))
  try {
    console.log(`Building OpenTofu ${version}: some minutes …`)
    const {Dir: downloaded} = JSON.parse(
      go(['mod', 'download', '-json', `github.com/opentofu/opentofu@${version}`], cache),
    )
    cpSync(downloaded, source, {recursive: true})
    makeWritable(source)
    const built = join(source, 'built-tofu')
    go(['build', '-o', built, './cmd/tofu'], source)
    renameSync(built, program)
    return program
  } finally {
    makeWritable(source)
    rmSync(source, {recursive: true, force: true})
  }
}

/** GOTOOLCHAIN=auto has Go fetch the version that the source asks for. */
function go(args, cwd) {
  const env = {...process.env, GOTOOLCHAIN: 'auto', GOFLAGS: '-buildvcs=false'}
  const {status, stdout, error} = spawnSync('go', args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (error)
    throw new Error('Go is needed to build OpenTofu: https://go.dev/dl, or TOFU=/path/to/tofu.', {
      cause: error,
    })
  if (status !== 0) throw new Error(`go ${args.join(' ')} ended with ${status}: ${stdout}`)
  return stdout
}

/** Files of the module cache are read-only, and so are their copies. */
function makeWritable(path) {
  chmodSync(path, 0o755)
  for (const entry of readdirSync(path, {withFileTypes: true}))
    if (entry.isDirectory()) makeWritable(join(path, entry.name))
}
