import {expect, test} from 'vitest'
import {readBy, words} from '../helpers/shell-texts.js'

test('in zsh every text is one word, and is that text, as in bash', () => {
  expect(readBy('zsh')).toEqual({stdout: words, stderr: ''})
})
