import {drawEveryMs} from './drawing-rate.js'
import {canDraw} from './terminal-size.js'

/** Shows that a short wait continues, on a terminal with room for it; elsewhere it only waits. */
export async function whileWaiting<T>(text: string, show: boolean, wait: () => Promise<T>): Promise<T> {
  const stream = process.stderr
  if (!show || !canDraw(stream)) return wait()
  const {default: ora} = await import('ora')
  // Ctrl-C stays ours: ora would discard what is typed and its signals with it.
  const spinner = ora({text, stream, discardStdin: false, interval: drawEveryMs}).start()
  // ora would count the lines of a terminal without columns for ever.
  const onResize = () => {
    if (!canDraw(stream)) spinner.stop()
  }
  stream.prependListener('resize', onResize)
  try {
    return await wait()
  } finally {
    stream.off('resize', onResize)
    spinner.stop()
  }
}
