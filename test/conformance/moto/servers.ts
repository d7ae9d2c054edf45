/** The embedded account, empty, and moto's server, each on a free port. */
import {type ChildProcess, spawn} from 'node:child_process'
import {createServer} from 'node:net'
import {inject} from 'vitest'
import {Rehearsal} from '../../e2e/mcpgw.js'
import {serve} from '../../e2e/served.js'

/** A server to ask. */
export interface Asked {
  clientConfig: {
    endpoint: string
    region: string
    credentials: {accessKeyId: string; secretAccessKey: string}
  }
  stop(): Promise<void>
}

/** Milliseconds; moto is there after 2 seconds on an idle machine. */
const patience = 90_000
const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

/** Nobody holds it at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject()))
    })
  })
}

export async function serveAccount(): Promise<Asked> {
  const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: undefined})
  try {
    const served = await serve(rehearsal, '--speed', '2000')
    return {
      clientConfig: served.clientConfig,
      stop: async () => {
        await served.stop()
        await rehearsal.remove()
      },
    }
  } catch (error) {
    await rehearsal.remove()
    throw error
  }
}

/** Starts `moto_server`, which must be on the path. */
export async function serveMoto(): Promise<Asked> {
  const port = await freePort()
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    env: inject('deployed').env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', chunk => {
    said += chunk
  })
  const ended = new Promise<void>(resolve => {
    child.once('error', error => {
      said += error
      resolve()
    })
    child.once('exit', () => resolve())
  })
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  const endpoint = `http://127.0.0.1:${port}`
  if (!(await answers(endpoint, child))) {
    await stop()
    throw new Error(`moto_server does not answer: ${said}`)
  }
  const credentials = {accessKeyId: 'AKIATEST', secretAccessKey: 'secret'}
  return {clientConfig: {endpoint, region: 'us-west-2', credentials}, stop}
}

async function answers(endpoint: string, child: ChildProcess): Promise<boolean> {
  for (const end = Date.now() + patience; Date.now() < end && child.exitCode === null; await pause(100)) {
    try {
      await fetch(`${endpoint}/moto-api/data.json`)
      return true
    } catch {
      // Not yet.
    }
  }
  return false
}
