import {pastingNoteIn} from '../aws/command-line.js'
import {forecastText} from '../report/forecast-text.js'
import type {ExistingStack} from '../steps/stacks/existing-stacks.js'
import type {DeletionContext} from '../steps/teardown/context.js'
import {foreignWords} from '../steps/teardown/foreign.js'
import {visible} from '../visible.js'
import {existingStacksText} from './existing-stacks-text.js'

/**
 * What the user confirms when an environment is deleted, to be gone or to be created again: its stacks, what updates left,
 * how long it takes, what stays, and what others put into the VPC.
 * @param foreignFate what becomes of the last
 * @param more further lines
 */
export async function deletionText(
  intent: string,
  context: DeletionContext & {existingStacks: readonly ExistingStack[]},
  foreignFate: string,
  more: readonly string[] = [],
): Promise<string> {
  const {existingStacks, leftovers = [], forecast, foreign = []} = context
  const others =
    foreign.length === 0
      ? []
      : [
          `Others have put something into the VPC. ${foreignFate}`,
          ...foreign.map(each => `  ${foreignWords(each)}`),
        ]
  const lines = [
    ...leftovers.map(({kind, name}) => `  ${kind} ${name}, which an update could not delete`),
    ...(forecast === undefined ? [] : forecastText(forecast)),
    ...more,
    ...others,
  ]
  const note = pastingNoteIn(lines.join('\n'))
  const told = note === undefined ? lines : [...lines, note]
  return [await existingStacksText(intent, context, existingStacks), ...told.map(visible)].join('\n')
}
