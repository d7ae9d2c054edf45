// Sends this process signals, so many milliseconds after it has begun to run our code: `SIGINT:0,SIGTERM:400`.
import process from 'node:process'

const {TEST_SIGNALS: signals, NODE_OPTIONS} = process.env
// What it starts shall run as always.
delete process.env.TEST_SIGNALS
process.env.NODE_OPTIONS = NODE_OPTIONS?.replace(/--import=\S+/, '') ?? ''

if (signals !== undefined) {
  const plan = signals.split(',').map(each => each.split(':'))
  const on = process.on.bind(process)
  process.on = (name, listener) => {
    if (name === plan[0][0]) {
      process.on = on
      for (const [signal, after] of plan) setTimeout(() => process.kill(process.pid, signal), Number(after))
    }
    return on(name, listener)
  }
}
