import {expect, test} from 'vitest'
import {marksFor} from '../../src/report/marks.js'

const {done: drawn} = marksFor({})

test.each([
  [{TERM: 'xterm-256color', LANG: 'en_US.UTF-8'}, drawn],
  [{TERM: 'tmux-256color', LANG: 'C.utf8'}, drawn],
  [{TERM: 'xterm'}, drawn],
  [{TERM: 'linux', LANG: 'en_US.UTF-8'}, '+'],
  [{TERM: 'vt220'}, '+'],
  [{TERM: 'xterm', LANG: 'de_DE.ISO-8859-1'}, '+'],
  [{TERM: 'xterm', LC_ALL: 'de_DE.ISO-8859-1', LANG: 'de_DE.UTF-8'}, '+'],
])('with %j a step that is done has the mark %s', (env, mark) => {
  expect(marksFor(env).done).toBe(mark)
})

test.each([{}, {TERM: 'linux'}])(
  'each state has a mark of its own, one column wide and no emoji: %j',
  env => {
    const marks = Object.values(marksFor(env))
    expect(new Set(marks).size).toBe(marks.length)
    expect(marks.filter(mark => [...mark].length !== 1 || /\p{Emoji_Presentation}/u.test(mark))).toEqual([])
  },
)
