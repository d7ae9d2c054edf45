import {type ChildProcess, spawn} from 'node:child_process'
import {createServer} from 'node:net'

/** A program that a test has started, and that is gone when the test is. */
export interface Started {
  /** Everything it has printed so far. */
  output(): string
  /** Settles when it has ended, whoever ended it. */
  readonly ended: Promise<void>
  /** Does something while it stands still in the middle of its work. */
  whileStopped(work: () => Promise<void>): Promise<void>
  /** Ends it, with force after some seconds. */
  stop(): Promise<void>
}

/** A program that has not ended on its own by then is killed. */
const stopMs = 20_000

/** Starts a program with these variables beside PATH and HOME, and none of this process's own. */
export function startChild(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Started {
  const {PATH = '', HOME = '/'} = process.env
  const child = spawn(command, args, {env: {PATH, HOME, ...env}, stdio: ['ignore', 'pipe', 'pipe']})
  let output = ''
  const listen = (chunk: Buffer) => {
    output += chunk
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const ended = new Promise<void>(resolve => {
    child.once('close', () => resolve())
    child.once('error', error => {
      output += error.message
      resolve()
    })
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  ended.then(() => process.off('exit', kill))
  const whileStopped = async (work: () => Promise<void>) => {
    child.kill('SIGSTOP')
    await work().finally(() => child.kill('SIGCONT'))
  }
  return {output: () => output, ended, whileStopped, stop: () => stop(child, ended)}
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), stopMs)
  await ended
  clearTimeout(force)
}

/** Waits until `isReady` says so. @throws when the program ends before, or after `limitMs`, with what it printed */
export async function untilReady(
  name: string,
  started: Started,
  isReady: () => Promise<boolean>,
  limitMs: number,
): Promise<void> {
  let hasEnded = false
  started.ended.then(() => {
    hasEnded = true
  })
  const limit = performance.now() + limitMs
  while (!(await isReady())) {
    if (hasEnded) throw new Error(`${name} has ended: ${started.output()}`)
    if (performance.now() > limit) throw new Error(`${name} is not ready in time: ${started.output()}`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

/** `wanted` if nothing listens there, else a port that was free a moment ago. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', error => (wanted === 0 ? reject(error) : resolve(freePort())))
    server.listen(wanted, () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
