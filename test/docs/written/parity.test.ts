import {expect, test} from 'vitest'
import {paritySections} from '../../../src/report/parity-markdown.js'
import {reportOfV107} from '../../parity/v107-report.js'
import {expectWritten} from './written-part.js'

test('docs/parity.md shows what a comparison with the plan of v1.0.7 and its state finds', () => {
  const report = reportOfV107({withState: true})
  expectWritten('parity.md', 'comparison', `${paritySections(report, 3).join('\n\n')}\n`)
})

test('every reason on it is a sentence', () => {
  const {resources, onlyHere} = reportOfV107({withState: true})
  const reasons = [
    ...resources.flatMap(({differences}) =>
      differences.filter(({verdict}) => verdict === 'accepted').map(({reason}) => reason),
    ),
    ...onlyHere.map(({reason}) => reason),
  ].filter(reason => reason !== null)
  expect([...new Set(reasons)].filter(reason => !/^(?:[A-Z]|mcpgw ).*[.!]$/s.test(reason))).toEqual([])
})
