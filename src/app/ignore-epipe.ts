import {writeSync} from 'node:fs'
import {visible} from '../visible.js'

const standardError = 2

/** What writing to a terminal gives once nobody holds its other end: it was closed, or its connection was cut. */
const hungUp = new Set(['EIO', 'EPIPE', 'ENXIO', 'ENOTCONN'])

/**
 * Somebody who reads only the beginning of what we print (`| head`) closes the pipe; the run continues and ends as it
 * would have. So it does when the disk is full on which its output lands, but it fails, and says so where it can. A
 * terminal that is gone ends the run as the signal does that should have come with it: it is not sent to everybody.
 */
export function ignoreEpipe(streams: readonly NodeJS.WriteStream[]): void {
  let isHungUp = false
  const onError = (stream: NodeJS.WriteStream) => (error: NodeJS.ErrnoException) => {
    const {code = ''} = error
    if (stream.isTTY && hungUp.has(code)) {
      // Each line that cannot be written says it again, and a second signal would be another one's.
      if (isHungUp) return
      isHungUp = true
      process.once('exit', endByHangup)
      process.emit('SIGHUP')
      return
    }
    if (code === 'EPIPE' || isHungUp) return
    process.exitCode ||= 1
    try {
      writeSync(standardError, `Error: What mcpgw prints cannot be written: ${visible(error.message)}.\n`)
    } catch {
      // There is nowhere to say it.
    }
  }
  for (const stream of streams) {
    if (listened.has(stream)) continue
    listened.add(stream)
    stream.on('error', onError(stream))
  }
}

/** As the signal itself would have ended it. Node's own way out resets the terminal, and aborts when there is none. */
function endByHangup(): void {
  process.removeAllListeners('SIGHUP')
  process.kill(process.pid, 'SIGHUP')
}

const listened = new WeakSet<NodeJS.WriteStream>()
