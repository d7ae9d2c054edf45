import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import type {PlanContext} from './context.js'
import {timelineOf} from './timeline.js'

/** Finds out how long creating them typically takes, and what decides that. */
export function findCriticalPath(): Step<PlanContext> {
  return {
    id: 'find-critical-path',
    title: 'Find the critical path',
    async run(context) {
      context.timeline = timelineOf(requireContext(context.stacks, 'the stacks'))
    },
  }
}
