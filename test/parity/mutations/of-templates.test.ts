import {expect, test} from 'vitest'
import {loadTemplates} from '../../properties/templates/template-set.js'
import {compare} from '../whole.js'
import {inBatches} from './batches.js'
import {templateMutations} from './of-templates.js'

const findingsOf = inBatches(templateMutations, compare, changes =>
  compare({
    templates: loadTemplates(documents => {
      for (const change of changes) change(documents)
    }),
  }),
)

test('there are 60 changes of the templates, each of its own', () => {
  expect(templateMutations.length).toBeGreaterThanOrEqual(60)
  expect(new Set(templateMutations.map(({name}) => name)).size).toBe(templateMutations.length)
})

test.each(templateMutations)('$name is noticed, and named', mutation => {
  expect(findingsOf(mutation)).not.toEqual([])
})
