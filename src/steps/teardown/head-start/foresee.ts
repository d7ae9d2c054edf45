import {timelineOf} from '../../plan/timeline.js'
import type {Step} from '../../step.js'
import type {TeardownContext} from '../context.js'
import {withHeadStarts} from './links.js'
import {planHeadStarts} from './plan.js'

/** Finds out what a head start can begin; it changes nothing. */
export function foreseeHeadStarts(): Step<TeardownContext> {
  return {
    id: 'foresee-head-starts',
    title: 'See what can begin ahead of CloudFormation',
    skip: ({existingStacks, headStarts}) => {
      if (existingStacks?.length === 0) return 'no stack exists'
      return headStarts.size === 0 ? 'switched off' : undefined
    },
    async run(context) {
      const plan = await planHeadStarts(context)
      context.headStartPlan = plan
      const {forecast} = context
      if (forecast !== undefined)
        context.forecast = {...forecast, timeline: timelineOf(withHeadStarts(forecast.timeline.links, plan))}
    },
  }
}
