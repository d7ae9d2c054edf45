import {timelineOf} from '../../plan/timeline.js'
import type {Step} from '../../step.js'
import type {TeardownContext} from '../context.js'
import {inExpress} from './express-links.js'
import {withHeadStarts} from './links.js'
import {planHeadStarts} from './plan.js'

/** Finds out what a head start can begin; it changes nothing. */
export function foreseeHeadStarts(): Step<TeardownContext> {
  return {
    id: 'foresee-head-starts',
    title: 'See what can begin ahead of CloudFormation',
    skip: ({existingStacks, headStarts, express}) => {
      if (existingStacks?.length === 0) return 'no stack exists'
      return headStarts.size === 0 && !express ? 'switched off' : undefined
    },
    async run(context) {
      const plan = await planHeadStarts(context)
      context.headStartPlan = plan
      const {forecast, express} = context
      if (forecast === undefined) return
      const {links} = forecast.timeline
      const timeline = timelineOf(express ? inExpress(links, plan) : withHeadStarts(links, plan))
      context.forecast = {...forecast, timeline}
    },
  }
}
