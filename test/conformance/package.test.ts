import {execFileSync, spawnSync} from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

const project = fileURLToPath(new URL('../..', import.meta.url))
/** The Nodes that the package is used with: this one, and those that .ci/run names. */
const nodes = [process.execPath, ...(process.env.PACKAGE_NODES ?? '').split(delimiter).filter(Boolean)]
/** Of everything that an installation puts on the disk. A first-time user waits for it on a hotel's network. */
const largestBytes = 60_000_000

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-package-'))
const prefix = join(folder, 'prefix')
const installed = join(prefix, 'lib/node_modules/mcpgw')
let packed: string[]

beforeAll(() => {
  packed = pack()
  npm(['install', '--global', '--prefix', prefix, '--prefer-offline', join(folder, 'mcpgw-0.1.0.tgz')])
})
afterAll(() => rmSync(folder, {recursive: true, force: true, maxRetries: 20, retryDelay: 50}))

describe('the package', () => {
  test('takes less than 60 MB where it is installed, with everything that it needs', () => {
    const files = filesIn(prefix)
    expect(files.length).toBeGreaterThan(100)
    expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(largestBytes)
  })

  test('holds what its texts send their readers to', () => {
    const sources = filesIn(join(project, 'src')).map(file => readFileSync(file, 'utf8'))
    const named = sources.flatMap(text => text.match(/\bdocs\/[\w-]+\.(?:md|json)/g) ?? [])
    expect(new Set(named).size).toBeGreaterThan(5)
    // The example in a message is no file.
    const needed = [...new Set(named)].filter(file => file !== 'docs/page.md')
    expect(needed.filter(file => !packed.includes(file))).toEqual([])
  })

  test.each([
    ['docs', /\.(md|json)$/],
    ['schemas', /\.schema\.json$/],
    ['cloudformation', /\.yaml$/],
  ])('holds all of %s', (name, kind) => {
    const own = readdirSync(join(project, name)).filter(file => kind.test(file))
    expect(own.length).toBeGreaterThan(4)
    expect(own.filter(file => !packed.includes(`${name}/${file}`))).toEqual([])
  })

  test('holds the IAM policies, its own licence and those of what is bundled, and nothing that only we need', () => {
    const needed = [
      'docs/iam-policy.json',
      'docs/iam-policy-reads.json',
      'docs/iam-policy-resources.json',
      'LICENSE',
      'README.md',
      'SECURITY.md',
    ]
    expect([...needed, 'dist/THIRD-PARTY-NOTICES.txt'].filter(file => !packed.includes(file))).toEqual([])
    expect(packed.filter(file => /^(src|test|scripts|findings|\.)/.test(file))).toEqual([])
  })

  test('can be published: npm has nothing to say but that nobody is logged in', () => {
    const copy = join(folder, 'copy')
    execFileSync('cp', ['-R', installed, copy])
    const description = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'))
    // It stays private until it has an owner.
    expect(description.private).toBe(true)
    writeFileSync(join(copy, 'package.json'), JSON.stringify({...description, private: undefined}))
    const {status, stderr} = publish(copy)
    expect(complaints(stderr)).toEqual([])
    expect(status).toBe(0)
    writeFileSync(
      join(copy, 'package.json'),
      JSON.stringify({...description, private: undefined, bin: './bin/run.js'}),
    )
    expect(complaints(publish(copy).stderr)).toContainEqual(expect.stringContaining('auto-corrected'))
  })
})

describe.each(nodes)('the installed command, on %s', node => {
  const elsewhere = join(folder, `elsewhere-${nodes.indexOf(node)}`)
  beforeAll(() => void mkdirSync(elsewhere))

  test.each([
    ['--version', /^mcpgw\/0\.1\.0 /],
    ['plan', /deploy would create/],
    ['deploy --rehearse --yes', /Healthy: 8 of 8 services/i],
    ['verify --rehearse', /Healthy: 8 of 8 services/],
    ['teardown --rehearse --yes', /removed/],
  ])('runs from any folder: %s', (line, expected) => {
    const {status, stdout, stderr} = spawnSync(join(prefix, 'bin/mcpgw'), line.split(' '), {
      cwd: elsewhere,
      encoding: 'utf8',
      env: {
        PATH: [dirname(node), '/usr/bin', '/bin'].join(delimiter),
        HOME: elsewhere,
        MCPGW_REHEARSAL_STATE: join(elsewhere, 'account.json'),
        ...(line.includes('--rehearse') ? {MCPGW_REHEARSE_SPEED: 'max'} : {}),
      },
    })
    expect({status, stderr: status === 0 ? '' : stderr}).toEqual({status: 0, stderr: ''})
    expect(`${stdout}${stderr}`).toMatch(expected)
  })
})

/** Packs what was built. @returns the paths in the tarball */
function pack(): string[] {
  expect(existsSync(join(project, 'dist/main.js')), 'npm run build').toBe(true)
  const answer = npm(['pack', project, '--ignore-scripts', '--json', '--pack-destination', folder])
  const [{files}] = JSON.parse(answer) as [{files: {path: string}[]}]
  return files.map(({path}) => path)
}

function npm(args: readonly string[]): string {
  return execFileSync('npm', [...args, '--no-audit', '--no-fund'], {cwd: folder, encoding: 'utf8'})
}

function publish(cwd: string): {status: number | null; stderr: string} {
  return spawnSync('npm', ['publish', '--dry-run', '--ignore-scripts', '--offline'], {cwd, encoding: 'utf8'})
}

function complaints(stderr: string): string[] {
  return stderr
    .split('\n')
    .filter(line => /^npm (warn|error)/i.test(line) && !line.includes('requires you to be logged in'))
}

function filesIn(root: string): string[] {
  return readdirSync(root, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}
