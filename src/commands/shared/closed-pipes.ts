/**
 * Somebody who reads only the beginning of what we print (`| head`) closes the pipe; the run goes on and ends as it
 * would have. Other failures of a stream are thrown as they always are.
 */
export function outliveClosedPipes(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    if (!stream.listeners('error').includes(onError)) stream.on('error', onError)
  }
}

function onError(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
