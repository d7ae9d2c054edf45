import {afterEach, expect, it, vi} from 'vitest'
import {listenForInterrupts} from '../../src/app/interrupts.js'
import {LineScreen} from '../../src/report/line-screen.js'
import {leaveScreen, noticeLines, noticeOnScreen} from '../../src/report/live-screen.js'

/** A screen that is drawn on, over streams that remember what reaches the terminal. */
function drawing() {
  let shown = ''
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation(chunk => {
      shown += chunk
      return true
    })
  const output = new LineScreen()
  output.begin()
  return {output, shown: () => shown}
}

afterEach(() => {
  leaveScreen()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it('shows a notice below the drawing, and none once the drawing has ended', () => {
  const {output} = drawing()
  expect(noticeOnScreen('Stopping…')).toBe(true)
  expect(noticeLines()).toEqual(['', 'Stopping…'])
  output.release()
  expect(noticeLines()).toEqual([])
  expect(noticeOnScreen('Stopping…')).toBe(false)
})

it('does not begin with the notice of the screen before', () => {
  drawing().output.release()
  noticeOnScreen('Stopping…')
  drawing()
  expect(noticeLines()).toEqual([])
})

it('writes out what is told last by somebody who insists, although the drawing holds everything back', async () => {
  const {shown} = drawing()
  let now = 1000
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const interrupts = listenForInterrupts(() => ({resumeCommand: 'mcpgw verify', underway: 'nothing'}))
  process.emit('SIGINT')
  expect(noticeLines().at(-1)).toContain('Stopping…')
  process.stderr.write('held back\n')
  expect(shown()).not.toContain('held back')
  now += 1000
  process.emit('SIGINT')
  await interrupts.insisted
  process.stderr.write('the last word\n')
  expect(shown()).toMatch(/held back\s[\s\S]*the last word\n$/)
  interrupts.stop()
})

it('is released once, however often it is asked to', () => {
  const {output, shown} = drawing()
  leaveScreen()
  const before = shown()
  output.release()
  expect(shown()).toBe(before)
})
