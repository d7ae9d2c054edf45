import {McpgwError, messageOf} from '../../../errors.js'
import type {StepTools} from '../../step.js'
import type {TeardownContext} from '../context.js'
import {untilNetworkIsIdle} from './idle-network.js'
import {countedWords, type PlannedHeadStart} from './kinds.js'
import {planHeadStarts} from './plan.js'

/**
 * Begins what is slow and waits for nobody, in one root and what is nested in it, once its deletion is accepted. It is
 * planned anew: what was not protected when people were asked may be now. What AWS refuses is left to CloudFormation.
 * Whatever was begun goes on without anybody, and a plain deletion can finish it.
 * @param tools its signal aborts at the end of that deletion: what has not begun by then is not begun
 */
export async function headStart(context: TeardownContext, label: string, tools: StepTools): Promise<void> {
  const {begins, notes} = await planHeadStarts(context)
  for (const text of notes) tools.tell({kind: 'note', text})
  const here = begins
    .map(({kind, resources}) => ({
      kind,
      resources: resources.filter(resource => label === 'main' || resource.label === label),
    }))
    .filter(({resources}) => resources.length > 0)
  for (const planned of here.filter(({kind}) => !kind.needsIdleNetwork)) await begin(context, planned, tools)
  const later = here.filter(({kind}) => kind.needsIdleNetwork)
  if (later.length === 0 || !(await untilNetworkIsIdle(context, tools.signal))) return
  for (const planned of later) await begin(context, planned, tools)
}

async function begin(
  {aws, clock, headStarted}: TeardownContext,
  {kind, resources}: PlannedHeadStart,
  {tell, signal}: StepTools,
): Promise<void> {
  if (signal.aborted) return
  const begun = await Promise.all(
    resources.map(async ({label, logicalId, physicalId}) => {
      try {
        await kind.begin(aws.headStarts, physicalId)
        headStarted.add(physicalId)
        tell({kind: 'head-start', label, logicalId, at: clock.now()})
        return true
      } catch (error) {
        if (!(error instanceof McpgwError)) throw error
        tell({kind: 'note', text: `No head start of ${kind.name} (${logicalId}): ${messageOf(error)}`})
        return false
      }
    }),
  )
  const count = begun.filter(Boolean).length
  if (count > 0) tell({kind: 'note', text: `Head start: ${countedWords(kind, count)}`})
}
