/** Shows that a short wait continues, on a terminal; elsewhere it only waits. */
export async function whileWaiting<T>(text: string, show: boolean, wait: () => Promise<T>): Promise<T> {
  if (!show) return wait()
  const {default: ora} = await import('ora')
  // Ctrl-C stays ours: ora would discard what is typed and its signals with it.
  const spinner = ora({text, stream: process.stderr, discardStdin: false}).start()
  try {
    return await wait()
  } finally {
    spinner.stop()
  }
}
