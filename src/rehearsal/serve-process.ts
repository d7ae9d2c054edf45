import {messageOf} from '../errors.js'
import {serveAccount} from './serve.js'

/**
 * The process behind `--rehearse`: serves the account in the background, as AWS would, whatever becomes of the
 * command that started it. It ends by itself when nobody has asked anything for a while and nothing is under way.
 *
 * Arguments: state file, speed, seed.
 */
const [stateFile = '', speed = '', seed = ''] = process.argv.slice(2)

/** Real milliseconds between two looks whether anybody still needs the account. */
const lookMs = 1000
/** Real milliseconds without a request after which nobody is taken to be there. */
const lonelyMs = 4000

try {
  let stopAsked = false
  const account = await serveAccount({
    stateFile,
    speed: speed === 'max' ? 'max' : Number(speed),
    seed: Number(seed),
    onError: error => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
    onStopAsked: () => {
      stopAsked = true
    },
  })
  let lastRequests = -1
  let lonelySince = Date.now()
  const timer = setInterval(() => {
    // A clock that stands still does not finish anything while nobody is there to move it.
    if (account.requests() !== lastRequests || (speed !== 'max' && account.isBusy())) {
      lastRequests = account.requests()
      lonelySince = Date.now()
    }
    if (stopAsked || Date.now() - lonelySince >= lonelyMs) void end()
  }, lookMs)
  const end = async () => {
    clearInterval(timer)
    await account.stop()
    process.exit(0)
  }
  process.on('SIGTERM', () => void end())
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exit(1)
}
