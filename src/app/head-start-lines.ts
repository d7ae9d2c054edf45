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

/** What would be in the way, and is taken out of it first. */
export function clearedLines({
  protections = [],
  standaloneTasks = [],
  unchecked = [],
}: TeardownContext): string[] {
  return [
    ...protections.map(({kind, name}) =>
      visible(`  protected against deletion, which is lifted: ${kind} ${name}`),
    ),
    ...standaloneTasks.map(({cluster, group}) =>
      visible(`  stopped: standalone task (${group}) in cluster ${cluster}`),
    ),
    ...unchecked.map(text => visible(`  not checked: ${text}`)),
  ]
}
