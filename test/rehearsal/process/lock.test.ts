import {type ChildProcess, spawn} from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {createServer, type Server} from 'node:http'
import {tmpdir} from 'node:os'
import {basename, dirname, join} from 'node:path'
import {createInterface} from 'node:readline'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import {livenessOf} from '../../../src/rehearsal/process/holder.js'
import {Lock, lockFile, readHolder, takeLock} from '../../../src/rehearsal/process/lock.js'
import {freshStateFile, listening, nobodysPid} from './files.js'

const holder = {pid: process.pid, port: 0, nonce: 'another', since: Date.now()}
const write = (stateFile: string, content: object) =>
  writeFileSync(lockFile(stateFile), JSON.stringify(content))

async function taken(stateFile: string): Promise<Lock> {
  const lock = await takeLock(stateFile)
  if (!(lock instanceof Lock)) throw new Error(`held: ${JSON.stringify(lock)}`)
  return lock
}

describe('the lock of an account', () => {
  test('is held by one, tells where the account answers, and is given back', async () => {
    const stateFile = freshStateFile()
    const lock = await taken(stateFile)
    expect(readHolder(stateFile)).toMatchObject({pid: process.pid, port: 0, nonce: lock.nonce})
    expect(await takeLock(stateFile)).toMatchObject({liveness: 'starting', holder: {pid: process.pid}})
    expect(await lock.announce(4566)).toBe(true)
    expect(readHolder(stateFile)).toMatchObject({port: 4566, nonce: lock.nonce})
    expect(lock.isHeld()).toBe(true)
    await lock.release()
    expect(readdirSync(dirname(stateFile))).toEqual([])
  })

  test.skipIf(process.platform === 'win32')(
    'is for its owner alone, before and after it tells the port',
    async () => {
      const stateFile = freshStateFile()
      const lock = await taken(stateFile)
      expect(statSync(lockFile(stateFile)).mode & 0o777).toBe(0o600)
      await lock.announce(4566)
      expect(statSync(lockFile(stateFile)).mode & 0o777).toBe(0o600)
    },
  )

  test.each([
    ['whose process is dead', {...holder, pid: nobodysPid}],
    ['that has been starting for too long', {...holder, since: Date.now() - 60_000}],
    ['that says nothing of the kind', {pid: process.pid}],
  ])('is taken over from a holder %s', async (_, content) => {
    const stateFile = freshStateFile()
    write(stateFile, content)
    const lock = await taken(stateFile)
    expect(readHolder(stateFile)?.nonce).toBe(lock.nonce)
    expect(readdirSync(dirname(stateFile))).toEqual([basename(lockFile(stateFile))])
  })

  test('is left to those who announce or release it only while it is theirs', async () => {
    const stateFile = freshStateFile()
    const lock = await taken(stateFile)
    write(stateFile, holder)
    expect(lock.isHeld()).toBe(false)
    expect(await lock.announce(4566)).toBe(false)
    await lock.release()
    expect(readHolder(stateFile)).toEqual(holder)
    rmSync(dirname(stateFile), {recursive: true})
    await lock.release()
  })

  test('clears away what killed processes left, and nothing else', async () => {
    const stateFile = freshStateFile()
    const lock = await taken(stateFile)
    const uuid = '0c9d3a54-6f0f-4f8e-9d3c-0a2b4c6d8e0f'
    const pendingDeletes = [`${stateFile}.4711.tmp`, `${stateFile}.${uuid}.tmp`]
    const oldOnes = [`${stateFile}.lock.${uuid}.tmp`, `${stateFile}.lock.0123456789abcdef.claim`]
    const kept = [
      stateFile,
      `${stateFile}.log`,
      `${stateFile}.mine.tmp`,
      `${stateFile}.lock.fedcba9876543210.claim`,
    ]
    for (const file of [...pendingDeletes, ...oldOnes, ...kept]) writeFileSync(file, '')
    for (const file of oldOnes) utimesSync(file, 1000, 1000)
    lock.clearLeftovers()
    for (const file of [...pendingDeletes, ...oldOnes]) expect(existsSync(file), file).toBe(false)
    for (const file of kept) expect(existsSync(file), file).toBe(true)
    expect(lock.isHeld()).toBe(true)
  })
})

describe('a holder that listens', () => {
  let server: Server | undefined
  const answering = (body: object) => {
    server = createServer((_, response) => response.end(JSON.stringify(body)))
    return listening(server)
  }
  afterEach(() => server?.close())

  test('keeps its account while its port answers with its nonce', async () => {
    const stateFile = freshStateFile()
    const port = await answering({nonce: 'another'})
    write(stateFile, {...holder, port, since: 0})
    expect(await takeLock(stateFile)).toMatchObject({liveness: 'answering'})
  })

  test('is gone when another server has its port, though its pid lives: it was given to others', async () => {
    const stateFile = freshStateFile()
    write(stateFile, {...holder, port: await answering({nonce: 'of today'})})
    expect(await takeLock(stateFile)).toBeInstanceOf(Lock)
  })

  test('is silent, and not gone, when its port takes connections and does not answer', async () => {
    server = createServer(() => {})
    expect(await livenessOf({...holder, port: await listening(server)}, 50)).toBe('silent')
    server.closeAllConnections()
  })

  test('is gone when nothing listens on its port', async () => {
    const stateFile = freshStateFile()
    const port = await answering({})
    await new Promise(resolve => server?.close(resolve))
    write(stateFile, {...holder, port})
    expect(await takeLock(stateFile)).toBeInstanceOf(Lock)
  })
})

describe('six processes that want the lock at once', () => {
  const rounds = 15
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-race-'))
  let contenders: Contender[] = []

  beforeAll(async () => {
    const outfile = join(folder, 'contender.mjs')
    const entry = fileURLToPath(new URL('./contender.ts', import.meta.url))
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    })
    contenders = Array.from({length: 6}, () => contender(outfile))
  })
  afterAll(() => {
    for (const {child} of contenders) child.kill()
    rmSync(folder, {recursive: true, force: true})
  })

  async function race(stateFile: string): Promise<void> {
    const start = Date.now() + 10
    const answers = await Promise.all(contenders.map(({ask}) => ask(`take\t${stateFile}\t${start}`)))
    expect(answers.sort()).toEqual(['lost', 'lost', 'lost', 'lost', 'lost', 'won'])
    await Promise.all(contenders.map(({ask}) => ask('release')))
  }

  test('get it one at a time', async () => {
    for (let round = 0; round < rounds; round += 1) await race(join(folder, 'fresh.json'))
  })

  test('take it over from a dead holder one at a time', async () => {
    const stateFile = join(folder, 'dead.json')
    for (let round = 0; round < rounds; round += 1) {
      write(stateFile, {...holder, pid: nobodysPid, nonce: `dead ${round}`})
      await race(stateFile)
    }
    expect(readdirSync(folder)).toEqual(['contender.mjs'])
  })

  test('take it over one at a time when others have died in taking it over', async () => {
    const stateFile = join(folder, 'twice.json')
    for (let round = 0; round < rounds; round += 1) {
      write(stateFile, {...holder, pid: nobodysPid, nonce: `dead ${round}`})
      // What a contender leaves that is killed between claiming and acting.
      const claim = await claimOn(lockFile(stateFile))
      writeFileSync(claim, JSON.stringify({...holder, pid: nobodysPid, nonce: `dead too ${round}`}))
      await race(stateFile)
    }
    expect(readdirSync(folder)).toEqual(['contender.mjs'])
  })
})

async function claimOn(file: string): Promise<string> {
  const {createHash} = await import('node:crypto')
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)
  return `${file}.${digest}.claim`
}

interface Contender {
  child: ChildProcess
  ask(order: string): Promise<string>
}

function contender(script: string): Contender {
  const child = spawn(process.execPath, [script], {stdio: ['pipe', 'pipe', 'inherit']})
  const waiting: ((answer: string) => void)[] = []
  createInterface({input: child.stdout}).on('line', line => waiting.shift()?.(line))
  return {
    child,
    ask: order =>
      new Promise(resolve => {
        waiting.push(resolve)
        child.stdin.write(`${order}\n`)
      }),
  }
}
