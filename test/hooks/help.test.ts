import {expect, test} from 'vitest'
import {withoutGaps} from '../../src/hooks/help.js'

test.each([
  ['[--prove |  | --delete-foreign |\n    --dry-run]', '[--prove | --delete-foreign |\n    --dry-run]'],
  ['[--certificate FILE | ] [-y]', '[--certificate FILE] [-y]'],
  ['[--certificate FILE |\n    ]', '[--certificate FILE]'],
  ['<options: nested|individual>', '<options: nested|individual>'],
])('the usage %j has no gaps where flags exclude each other', (usage, expected) => {
  expect(withoutGaps(usage)).toBe(expected)
})
