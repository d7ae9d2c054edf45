// Sends this process a signal, so many milliseconds after it has begun to run our code.
import process from 'node:process'

const {TEST_SIGNAL: signal, TEST_SIGNAL_AFTER: after, NODE_OPTIONS} = process.env
// What it starts shall run as always.
delete process.env.TEST_SIGNAL
process.env.NODE_OPTIONS = NODE_OPTIONS?.replace(/--import=\S+/, '') ?? ''

if (signal !== undefined) {
  const on = process.on.bind(process)
  process.on = (name, listener) => {
    if (name === signal) {
      process.on = on
      setTimeout(() => process.kill(process.pid, signal), Number(after))
    }
    return on(name, listener)
  }
}
