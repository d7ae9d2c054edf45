// Run as a child process, compiled, by lock.test.ts: takes and gives back the lock when it is told to.
import {createInterface} from 'node:readline'
import {Lock, takeLock} from '../../../src/rehearsal/process/lock.js'

let held: Lock | undefined

async function obey(line: string): Promise<string> {
  const [order, stateFile = '', at = ''] = line.split('\t')
  if (order === 'release') {
    await held?.release()
    held = undefined
    return 'released'
  }
  // All at the same moment, as far as the machine can.
  while (Date.now() < Number(at));
  const taken = await takeLock(stateFile)
  if (!(taken instanceof Lock)) return 'lost'
  held = taken
  return (await taken.announce(0)) ? 'won' : 'lost after all'
}

createInterface({input: process.stdin}).on('line', line => {
  obey(line).then(
    answer => process.stdout.write(`${answer}\n`),
    error => process.stdout.write(`${error}\n`),
  )
})
