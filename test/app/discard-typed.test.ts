import {EventEmitter} from 'node:events'
import {afterEach, expect, it, vi} from 'vitest'
import {discardTyped} from '../../src/app/discard-typed.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function keyboard() {
  const modes: boolean[] = []
  const input = Object.assign(new EventEmitter(), {
    isRaw: false,
    setRawMode: (mode: boolean) => modes.push(mode),
    pause: vi.fn(),
    resume: vi.fn(),
  })
  return {input: input as typeof input & NodeJS.ReadStream, modes}
}

it('takes what was typed ahead, until nothing comes any more, and gives the terminal back', async () => {
  vi.useFakeTimers()
  const {input, modes} = keyboard()
  let isDone = false
  const done = discardTyped(input).then(() => {
    isDone = true
  })
  for (let times = 0; times < 5; times += 1) {
    input.emit('data', Buffer.from('demo\r'))
    await vi.advanceTimersByTimeAsync(30)
    expect(isDone).toBe(false)
  }
  await vi.advanceTimersByTimeAsync(40)
  await done
  expect(modes).toEqual([true, false])
  expect(input.pause).toHaveBeenCalledOnce()
  expect(input.listenerCount('data')).toBe(0)
})

it('passes Ctrl-C on', async () => {
  vi.useFakeTimers()
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
  const {input} = keyboard()
  const done = discardTyped(input)
  input.emit('data', Buffer.from('de\u0003'))
  await vi.advanceTimersByTimeAsync(50)
  await done
  expect(kill).toHaveBeenCalledWith(process.pid, 'SIGINT')
})
