import {systemClock} from '../../clock.js'
import {requireContext} from '../context.js'
import {collectEvidence, hasEvidence} from '../evidence/collect.js'
import {atMost} from '../evidence/reads.js'
import {cleaned} from '../evidence/scrub.js'
import {isRealFailure} from '../stacks/cause.js'
import type {Step} from '../step.js'
import type {DiagnoseContext} from './context.js'

/** As while a run is recorded: `EvidenceCollector`. */
const mostResources = 5
const mostCalls = 40
/** Real time, as all time-outs of calls are. */
const mostMs = 30_000

/** Reads what can still be read behind the failed resources. */
export function lookBehind(): Step<DiagnoseContext> {
  return {
    id: 'evidence',
    title: 'Collect details of the failures',
    async run(context, {signal}) {
      const failures = requireContext(context.events, 'the events').filter(
        event => isRealFailure(event) && hasEvidence(event),
      )
      const late = new AbortController()
      const callOff = systemClock.alarm(mostMs, () =>
        late.abort(new Error(`It took longer than ${mostMs / 1000} s.`)),
      )
      try {
        const deadline = AbortSignal.any([signal, late.signal])
        const reads = atMost(mostCalls, context.aws)
        const found = await Promise.all(
          failures.slice(0, mostResources).map(failed => collectEvidence(reads, failed, deadline)),
        )
        signal.throwIfAborted()
        context.evidence = found.flat().map(each => cleaned(each, text => text))
      } finally {
        callOff()
      }
    },
  }
}
