import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {DrawingRate} from '../../src/report/drawing-rate.js'

describe('the screen', () => {
  beforeEach(() => {
    vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']})
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is drawn at once, then at most four times a second, however much happens', () => {
    const rate = new DrawingRate()
    const drawn: number[] = []
    for (let at = 0; at < 1990; at += 5) {
      rate.draw(() => drawn.push(at))
      vi.advanceTimersByTime(5)
    }
    expect(drawn[0]).toBe(0)
    expect(drawn).toHaveLength(8)
  })

  it('shows the last of what happened, when nothing follows it', () => {
    const rate = new DrawingRate()
    let state = 'first'
    let shown = ''
    for (const next of ['first', 'second', 'third']) {
      state = next
      rate.draw(() => {
        shown = state
      })
    }
    expect(shown).toBe('first')
    vi.advanceTimersByTime(250)
    expect(shown).toBe('third')
  })

  it('that is left is not drawn on any more', () => {
    const rate = new DrawingRate()
    const draw = vi.fn()
    rate.draw(draw)
    rate.draw(draw)
    rate.forget()
    vi.advanceTimersByTime(1000)
    expect(draw).toHaveBeenCalledTimes(1)
  })
})
