import type {TeardownContext} from '../steps/teardown/context.js'
import {countedWords} from '../steps/teardown/head-start/kinds.js'
import {visible} from '../visible.js'

/** What does not wait for CloudFormation to come to it. */
export function headStartLines({headStartPlan}: TeardownContext): string[] {
  if (headStartPlan === undefined) return []
  const {begins, notes} = headStartPlan
  const begun = begins.map(({kind, resources}) => countedWords(kind, resources.length))
  return [
    ...(begun.length === 0
      ? []
      : [`  begun as soon as CloudFormation accepts the deletion: ${begun.join(', ')}`]),
    ...notes.map(note => visible(`  ${note}`)),
  ]
}
