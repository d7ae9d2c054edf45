import {writeSync} from 'node:fs'
import {visible} from '../visible.js'

const standardError = 2

/**
 * Somebody who reads only the beginning of what we print (`| head`) closes the pipe; the run continues and ends as it
 * would have. So it does when the disk is full on which its output lands, but it fails, and says so where it can.
 */
export function ignoreEpipe(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    if (!stream.listeners('error').includes(onError)) stream.on('error', onError)
  }
}

function onError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  process.exitCode ||= 1
  try {
    writeSync(standardError, `Error: What mcpgw prints cannot be written: ${visible(error.message)}.\n`)
  } catch {
    // There is nowhere to say it.
  }
}
