import module from 'node:module'
import {messageOf} from '../../errors.js'
import {visible} from '../../visible.js'
import {surviveLateExceptions} from './late-exceptions.js'
import type {ServedAccount} from './serve.js'

/**
 * The process behind `--rehearse`: serves the account in the background, as AWS would, whatever becomes of the
 * command that started it. It ends by itself when nobody has waited for an answer or asked anything
 * for a while, and nothing is running.
 *
 * Arguments: state file, speed, seed, port (0 takes a free one). Standard error is the account's log.
 */
const [stateFile = '', speed = '', seed = '', port = '0'] = process.argv.slice(2)

/** Real milliseconds between two looks whether anybody still needs the account. */
const lookMs = 1000
/** Real milliseconds without anybody who waits or asks, after which nobody is taken to be there. */
const lonelyMs = 4000

/** Somebody reads it in a terminal, and what threw may be code of a template. */
const log = (error: unknown) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${text.split('\n').map(visible).join('\n')}\n`)
}

surviveLateExceptions(log)
// From Node 22.8 on, what was compiled once is kept for the next time; so what takes long to compile comes after it.
;(module as {enableCompileCache?: () => void}).enableCompileCache?.()
void serve()

async function serve(): Promise<void> {
  try {
    const {serveAccount} = await import('./serve.js')
    let stopAsked = false
    const account = await serveAccount({
      stateFile,
      speed: speed === 'max' ? 'max' : Number(speed),
      seed: Number(seed),
      port: Number(port),
      endsByItself: true,
      onError: log,
      onStopAsked: () => {
        stopAsked = true
      },
    })
    let lastRequests = -1
    let lonelySince = Date.now()
    const timer = setInterval(() => {
      if (account.isHeld() || account.requests() !== lastRequests || account.goesOnByItself()) {
        lastRequests = account.requests()
        lonelySince = Date.now()
      }
      if (stopAsked || Date.now() - lonelySince >= lonelyMs) void end(account, timer)
    }, lookMs)
    process.on('SIGTERM', () => void end(account, timer))
  } catch (error) {
    process.stderr.write(`${visible(messageOf(error))}\n`)
    process.exit(1)
  }
}

async function end(account: ServedAccount, timer: NodeJS.Timeout): Promise<void> {
  clearInterval(timer)
  try {
    await account.stop()
  } catch (error) {
    log(error)
  } finally {
    process.exit(0)
  }
}
