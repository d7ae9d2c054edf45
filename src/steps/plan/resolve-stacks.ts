import type {Step} from '../step.js'
import type {PlanContext} from './context.js'
import {environmentStacks} from './environment-stacks.js'

/** Finds out what each stack would consist of. */
export function resolveStacks(): Step<PlanContext> {
  return {
    id: 'resolve-stacks',
    title: 'Resolve the templates',
    async run(context) {
      context.stacks = environmentStacks(context, context.settings.parameters)
    },
  }
}
