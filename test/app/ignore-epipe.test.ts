import {EventEmitter} from 'node:events'
import {afterEach, expect, it, vi} from 'vitest'
import {ignoreEpipe} from '../../src/app/ignore-epipe.js'
import {listenForInterrupts} from '../../src/app/interrupts.js'

afterEach(() => {
  process.exitCode = undefined
  vi.restoreAllMocks()
})

function failing(stream: {isTTY: boolean}, codes: readonly string[]) {
  // What it would do at the end of the process, it must not do to the tests.
  vi.spyOn(process, 'once').mockReturnValue(process)
  const output = Object.assign(new EventEmitter(), stream) as unknown as NodeJS.WriteStream
  const interrupts = listenForInterrupts(() => ({resumeCommand: 'x', underway: undefined}))
  ignoreEpipe([output])
  for (const code of codes) output.emit('error', Object.assign(new Error(`write ${code}`), {code}))
  interrupts.stop()
  return interrupts
}

it.each(['EIO', 'EPIPE'])('a terminal that is gone (%s) ends the command, as its signal does', code => {
  const {signal} = failing({isTTY: true}, [code, code])
  expect(signal.reason).toMatchObject({code: 'INTERRUPTED'})
})

it('a reader that closes its pipe ends nothing', () => {
  expect(failing({isTTY: false}, ['EPIPE']).signal.aborted).toBe(false)
  expect(process.exitCode).toBeUndefined()
})
