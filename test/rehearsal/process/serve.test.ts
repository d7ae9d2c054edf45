import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import {dirname, join} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {askAccount} from '../../../src/rehearsal/process/holder.js'
import {lockFile, readHolder} from '../../../src/rehearsal/process/lock.js'
import {type ServedAccount, type ServeOptions, serveAccount} from '../../../src/rehearsal/process/serve.js'
import {freshStateFile, listening, nobodysPid} from './files.js'

const served: ServedAccount[] = []

async function serve(options: Partial<ServeOptions> & {stateFile: string}): Promise<ServedAccount> {
  const account = await serveAccount({speed: 'max', seed: 1, ...options})
  served.push(account)
  return account
}

afterEach(async () => {
  for (const account of served.splice(0)) await account.stop()
})

const saved = (stateFile: string) => JSON.parse(readFileSync(stateFile, 'utf8'))

describe('an account that is served', () => {
  test('answers with the nonce of its lock, and with another one the next time', async () => {
    const stateFile = freshStateFile()
    const nonces: (string | undefined)[] = []
    for (let time = 0; time < 2; time += 1) {
      const {url, stop} = await serveAccount({stateFile, speed: 'max', seed: 1})
      expect((await askAccount(url)).nonce).toBe(readHolder(stateFile)?.nonce)
      nonces.push(readHolder(stateFile)?.nonce)
      await stop()
      expect(readHolder(stateFile)).toBeUndefined()
    }
    expect(nonces[0]).not.toBe(nonces[1])
  })

  test('is served once: the second server says where, and who', async () => {
    const stateFile = freshStateFile()
    const {url} = await serve({stateFile})
    await expect(serve({stateFile})).rejects.toMatchObject({
      code: 'REHEARSAL_IN_USE',
      exitCode: 3,
      message: `The embedded account in ${stateFile} is already being served at ${url}, by process ${process.pid}.`,
    })
  })

  test('waits for a command that still holds it, says so once, and gives up in time', async () => {
    const stateFile = freshStateFile()
    const first = await serveAccount({stateFile, speed: 'max', seed: 7, endsByItself: true})
    const told: string[] = []
    const wait = (limitMs: number) => ({limitMs, onWait: (what: string) => told.push(what)})
    await expect(serve({stateFile, wait: wait(0)})).rejects.toMatchObject({code: 'REHEARSAL_IN_USE'})
    const second = serve({stateFile, wait: wait(10_000)})
    await expect.poll(() => told.length, {timeout: 5000}).toBe(1)
    await first.stop()
    expect((await second).seed).toBe(7)
    expect(told[0]).toMatch(/process \d+\. Waiting until the command that uses it has ended\.$/)
  })

  test('does not wait for one that is served for good', async () => {
    const stateFile = freshStateFile()
    await serve({stateFile})
    const onWait = () => expect.unreachable()
    await expect(serve({stateFile, wait: {limitMs: 60_000, onWait}})).rejects.toMatchObject({
      code: 'REHEARSAL_IN_USE',
    })
  })

  test('that is just being started says so', async () => {
    const stateFile = freshStateFile()
    const holder = {pid: process.pid, port: 0, nonce: 'other', since: Date.now()}
    writeFileSync(lockFile(stateFile), JSON.stringify(holder))
    await expect(serve({stateFile})).rejects.toMatchObject({
      code: 'REHEARSAL_IN_USE',
      message: expect.stringContaining(`Process ${process.pid} is just starting`),
    })
  })

  test('continues from its file after a server that was killed', async () => {
    const stateFile = freshStateFile()
    await (await serveAccount({stateFile, speed: 'max', seed: 42})).stop()
    const draft = `${stateFile}.${nobodysPid}.tmp`
    writeFileSync(draft, 'half an acc')
    writeFileSync(
      lockFile(stateFile),
      JSON.stringify({pid: nobodysPid, port: 4566, nonce: 'dead', since: Date.now()}),
    )
    expect((await serve({stateFile, seed: 1})).seed).toBe(42)
    expect(existsSync(draft)).toBe(false)
  })

  test('does not overwrite what a server wrote that has taken it over, and ends', async () => {
    const stateFile = freshStateFile()
    const errors: unknown[] = []
    let stopAsked = false
    const account = await serve({
      stateFile,
      onError: error => errors.push(error),
      onStopAsked: () => {
        stopAsked = true
      },
    })
    rmSync(lockFile(stateFile))
    const other = {...saved(stateFile), seed: 99}
    const holder = {pid: process.pid, port: 0, nonce: 'other', since: Date.now()}
    writeFileSync(lockFile(stateFile), JSON.stringify(holder))
    writeFileSync(stateFile, JSON.stringify(other))
    await account.stop()
    expect(saved(stateFile)).toEqual(other)
    expect(readHolder(stateFile)).toEqual(holder)
    expect(stopAsked).toBe(true)
    expect(String(errors[0])).toContain('holds')
  })
})

describe('an account that cannot be served', () => {
  let other: Server | undefined
  afterEach(() => other?.close())

  test('because of its port says so, and is free for the next try', async () => {
    const stateFile = freshStateFile()
    other = createServer()
    const port = await listening(other)
    await expect(serve({stateFile, port})).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      exitCode: 2,
      message: `Port ${port} of 127.0.0.1 is in use by another program.`,
      hint: expect.stringContaining('--port'),
    })
    expect((await serve({stateFile})).url).toContain('127.0.0.1')
  })

  test('because its folder is none says so', async () => {
    const file = freshStateFile()
    mkdirSync(dirname(file), {recursive: true})
    writeFileSync(file, '')
    await expect(serve({stateFile: join(file, 'account.json')})).rejects.toMatchObject({
      code: 'REHEARSAL_STATE_UNWRITABLE',
    })
  })

  test('because its file is no account says so, leaves the file, and holds nothing', async () => {
    const stateFile = freshStateFile()
    writeFileSync(stateFile, 'mine')
    await expect(serve({stateFile})).rejects.toMatchObject({code: 'REHEARSAL_STATE_INVALID', exitCode: 2})
    expect(readFileSync(stateFile, 'utf8')).toBe('mine')
    expect(readHolder(stateFile)).toBeUndefined()
  })
})
