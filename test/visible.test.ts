import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {visible, visibleIn, visibleJson, visibleLines} from '../src/visible.js'

/** Written out once more, by name: what acts upon a terminal, or cannot be seen there. */
const acting: readonly [string, string, string][] = [
  ['NUL', '\u0000', '\\x00'],
  ['a bell', '\u0007', '\\x07'],
  ['a tab', '\t', '\\t'],
  ['the end of a line', '\n', '\\n'],
  ['a carriage return', '\r', '\\r'],
  ['the escape of a colour', '\u001b[31m', '\\x1b[31m'],
  ['the escape of a title (OSC)', '\u001b]0;x\u0007', '\\x1b]0;x\\x07'],
  ['DEL', '\u007f', '\\x7f'],
  ['NEL', '\u0085', '\\x85'],
  ['CSI of eight bits', '\u009b2J', '\\x9b2J'],
  ['a soft hyphen', '\u00ad', '\\xad'],
  ['an Arabic letter mark', '\u061c', '\\u061c'],
  ['a zero-width space', '\u200b', '\\u200b'],
  ['a zero-width joiner', '\u200d', '\\u200d'],
  ['a right-to-left mark', '\u200f', '\\u200f'],
  ['a line separator', '\u2028', '\\u2028'],
  ['a paragraph separator', '\u2029', '\\u2029'],
  ['an embedding', '\u202a', '\\u202a'],
  ['an override', '\u202e', '\\u202e'],
  ['an isolate', '\u2066', '\\u2066'],
  ['a Hangul filler', '\u3164', '\\u3164'],
  ['a byte order mark', '\ufeff', '\\ufeff'],
  ['half of a surrogate pair', '\ud83d', '\\ud83d'],
  ['a tag', '\u{e0041}', '\\u{e0041}'],
]

describe('text that somebody else wrote', () => {
  it.each(acting)('shows %s', (_, raw, shown) => {
    expect(visible(`a${raw}b`)).toBe(`a${shown}b`)
  })

  it.each(['✔ … ✖ ▲ äöü 日本語 العربية 👩 ⚠\ufe0f C:\\temp `x`', ''])('leaves "%s" as it is', text => {
    expect(visible(text)).toBe(text)
  })

  it('is shown once, however often it is asked for', () => {
    fc.assert(fc.property(fc.string({unit: 'binary'}), text => visible(visible(text)) === visible(text)))
  })

  it('has one line and nothing that acts, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({unit: 'binary'}),
        text => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\ufe0e\ufe0f])\p{Cf}/u.test(visible(text)),
      ),
    )
  })

  it('is shown in every member of a value, and in its name', () => {
    expect(visibleIn({a: ['\n', 1, null], '\r': {b: '\t'}})).toEqual({a: ['\\n', 1, null], '\\r': {b: '\\t'}})
  })
})

describe('lines of ours', () => {
  it('keep their ends and the colours that we paint', () => {
    const ours = '\u001b[31m✖\u001b[39m a\n\u001b[1mb\u001b[22m\n'
    expect(visibleLines(ours)).toBe(ours)
  })

  it.each(['\u001b[2J', '\u001b[8m', '\u001b[30;40m', '\u001b]8;;x\u0007', '\u001b[1A', '\r', '\u009b31m'])(
    'show %j, which is none of them',
    text => {
      expect(visibleLines(`a${text}\nb`)).toBe(`a${visible(text)}\nb`)
    },
  )
})

describe('a JSON document', () => {
  it('means the same and acts upon nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({unit: 'binary'}), fc.string({unit: 'binary'})), members => {
        const text = visibleJson(members, {indent: 2})
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(members)))
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\ufe0e\ufe0f])\p{Cf}/u)
      }),
    )
  })

  it.each(acting)('holds %s as it is, escaped', (_, raw) => {
    const text = visibleJson({a: raw})
    expect(text).not.toContain(raw)
    expect(JSON.parse(text)).toEqual({a: raw})
  })
})
