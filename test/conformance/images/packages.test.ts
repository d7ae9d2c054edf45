import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {Client} from '@modelcontextprotocol/sdk/client/index.js'
import {StreamableHTTPClientTransport} from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type Pins, withTorchFrom, writtenPins} from './pins.js'
import recorded from './recorded.json' with {type: 'json'}
import {expectRecorded, type Image, problemsOf, requirementsOf, resolve, tool} from './resolution.js'

const images = Object.keys(recorded.images) as Image[]
const folder = mkdtempSync(join(tmpdir(), 'mcpgw-packages-'))
let pins: Pins
let torch: Awaited<ReturnType<typeof withTorchFrom>>

beforeAll(async () => {
  pins = await writtenPins(join(folder, 'etc'))
  torch = await withTorchFrom(join(folder, 'torch'), pins)
})
afterAll(async () => {
  await torch.close()
  rmSync(folder, {recursive: true})
})

test('uv is the one that the images have', async () => {
  expect(await tool('uv', ['--version'])).toMatch(/^uv 0\.13\.9 /)
  expect(pins.constraints).toContain('uv==0.13.9\n')
})

describe('what the pins of the build choose', () => {
  test('is what was recorded, for every image', async () => {
    const resolved = await Promise.all(images.map(image => resolve(image, torch.env)))
    for (const [index, image] of images.entries()) {
      const resolution = resolved[index] ?? {packages: {}, bytes: 0}
      expect(problemsOf(image, resolution), image).toEqual([])
      expectRecorded(image, resolution)
    }
  })

  const without = (name: string) =>
    Object.fromEntries(Object.entries(torch.env).filter(([key]) => key !== name))
  test('is another without the date, without its Z, and without the constraint for torch', async () => {
    const [undated, local, unconstrained] = await Promise.all([
      resolve('currenttime', without('UV_EXCLUDE_NEWER')),
      resolve('currenttime', {...torch.env, UV_EXCLUDE_NEWER: '2025-12-12T00:00:00'}),
      resolve('mcpgw', without('UV_CONSTRAINT')),
    ])
    expect(problemsOf('currenttime', undated)).toContainEqual(
      expect.stringMatching(/^mcp is .*, not 1\.23\.3$/),
    )
    expect(problemsOf('currenttime', local)).toContain('mcp is 1.24.0, not 1.23.3')
    expect(problemsOf('mcpgw', unconstrained)).toEqual([
      'torch is 2.9.1, not 2.9.1+cpu',
      expect.stringMatching(/^\d+ packages are for graphics cards$/),
      expect.stringMatching(/^the packages are [34]\d{3} MB, and were 320$/),
    ])
  })

  test('is refused by its checksum when torch is another file', async () => {
    const install = (env: Record<string, string>) =>
      tool(
        'uv',
        [
          'pip',
          'install',
          '--no-deps',
          '--target',
          join(folder, 'site'),
          '--python-version',
          '3.12',
          '--python-platform',
          'x86_64-manylinux_2_28',
          'torch',
        ],
        {...env, UV_CACHE_DIR: mkdtempSync(join(folder, 'cache-'))},
      )
    await expect(install(torch.envOfOther)).rejects.toThrow('Hash mismatch')
    await install(torch.env)
  })

  test('is found too large when it grows by more than a fifth', () => {
    const packages = {...recorded.images['auth-server'].versions}
    expect(problemsOf('auth-server', {packages, bytes: 37_000_000})).toEqual([])
    expect(problemsOf('auth-server', {packages, bytes: 38_000_000})).toEqual([
      'the packages are 38 MB, and were 31',
    ])
  })

  test('is the uv of the pins, when pip is asked for any', async () => {
    const chosen = async (constraints: string) => {
      const file = join(folder, 'pip.txt')
      writeFileSync(file, constraints)
      const args = [
        'install',
        '--quiet',
        '--dry-run',
        '--ignore-installed',
        '--disable-pip-version-check',
        '--report',
        '-',
        'uv',
      ]
      const report = await tool('python3', ['-m', 'pip', ...args], {PIP_CONSTRAINT: file})
      return JSON.parse(report).install.map(({metadata}: any) => `${metadata.name} ${metadata.version}`)
    }
    expect(pins.env.PIP_CONSTRAINT).toBe(pins.env.UV_CONSTRAINT)
    expect(await chosen(pins.constraints)).toEqual(['uv 0.13.9'])
    expect(await chosen(pins.constraints.replace('uv==0.13.9', 'uv==0.9.17'))).toEqual(['uv 0.9.17'])
  })

  test('is of the date for npm as well', async () => {
    const place = mkdtempSync(join(folder, 'npm-'))
    writeFileSync(join(place, 'package.json'), '{"dependencies": {"axios": "^1.0.0"}}')
    const {NPM_CONFIG_BEFORE = ''} = pins.env
    await tool(
      'npm',
      ['install', '--package-lock-only', '--no-audit', '--no-fund'],
      {NPM_CONFIG_BEFORE},
      place,
    )
    const lock = JSON.parse(readFileSync(join(place, 'package-lock.json'), 'utf8'))
    expect(lock.packages['node_modules/axios'].version).toBe('1.13.2')
  })
})

describe('a server of the mcp package that they choose', () => {
  let server: ChildProcess | undefined
  let written = ''
  afterAll(() => void server?.kill('SIGKILL'))

  test('starts, and lists its tools', async () => {
    const venv = join(folder, 'venv')
    const python = join(venv, 'bin/python')
    await tool('uv', ['venv', '--quiet', '--python', 'python3', venv])
    await tool(
      'uv',
      ['pip', 'install', '--quiet', '--python', python, '--requirement', requirementsOf('currenttime')],
      torch.env,
    )
    const port = await freePort()
    const started = spawn(python, [fileURLToPath(new URL('server.py', import.meta.url)), String(port)])
    server = started
    started.stderr.on('data', chunk => {
      written += chunk
    })
    const client = new Client({name: 'mcpgw', version: '1.0.0'})
    for (let connected = false; !connected; ) {
      expect(started.exitCode, written).toBeNull()
      connected = await client
        .connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`)))
        .then(
          () => true,
          () => pause(200, false),
        )
    }
    expect((await client.listTools()).tools.map(({name}) => name)).toEqual(['current_time'])
    await client.close()
  })
})

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
