import type {StepTools} from '../step.js'
import type {DeletionContext} from './context.js'

/**
 * Notes what AWS does not let anybody here look at before a deletion: it may be in the way all the same.
 * @param what words that follow "Not checked: "
 */
export function noteUnchecked(
  context: DeletionContext,
  what: string,
  reason: string,
  {tell}: Pick<StepTools, 'tell'>,
): void {
  const text = `${what}: ${reason}`
  context.unchecked = [...(context.unchecked ?? []), text]
  tell({kind: 'note', text: `Not checked: ${text}`})
}
