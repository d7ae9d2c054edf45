import {describe, expect, test} from 'vitest'
import {allLines, changedLines, cutLine, foldedHeight} from '../../src/report/changed-lines.js'

const esc = '\u001B'
const feeds = (text: string) => text.split('\n').length - 1

describe('from one drawing to the next', () => {
  test('nothing is written where nothing has changed', () => {
    expect(changedLines(['a', 'b'], ['a', 'b'])).toBe('')
  })

  test('only the line that is another one is', () => {
    const output = changedLines(['a', 'b', 'c'], ['a', 'B', 'c'])
    expect(output).toContain('B')
    expect(output).not.toMatch(/[ac]/)
    expect(feeds(output)).toBe(0)
  })

  test('the terminal scrolls by the lines that are new, and by no others', () => {
    expect(feeds(changedLines([], ['a', 'b']))).toBe(2)
    expect(feeds(changedLines(['a'], ['x', 'b', 'c']))).toBe(2)
    expect(feeds(allLines(3, ['a', 'b', 'c']))).toBe(0)
    expect(feeds(allLines(3, ['a', 'b', 'c', 'd']))).toBe(1)
  })

  test('what is no longer there is erased', () => {
    expect(changedLines(['a', 'b'], ['a'])).toContain(`${esc}[J`)
  })
})

describe('the width of a line', () => {
  test.each([
    ['short', 'short'],
    ['exactly ten', 'exactly t…'],
    [`${esc}[31mexactly ten${esc}[39m`, `${esc}[31mexactly t${esc}[39m…`],
    ['漢字漢字漢字', '漢字漢字…'],
  ])('%j in ten columns is %j', (line, cut) => {
    expect(cutLine(line, 10)).toBe(cut)
  })

  test('lines that a narrower terminal folds take more than one', () => {
    expect(foldedHeight(['', 'a'.repeat(60), `${esc}[2m${'b'.repeat(61)}${esc}[22m`], 60)).toBe(4)
  })
})
