import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import {lookForForeign} from '../teardown/find-foreign.js'
import {findLeftovers} from '../teardown/find-leftovers.js'
import {forecast} from '../teardown/forecast.js'
import {takeInventory} from '../teardown/inventory.js'
import type {DeployContext} from './context.js'

/** With --replace: finds what will go, what stays and what is in the way, so that it is shown before anything goes. */
export function lookBeforeReplacing(): Step<DeployContext> {
  return {
    id: 'look-before-replacing',
    title: 'Look at what will be replaced',
    skip: replacesNothing,
    async run(context, tools) {
      const existingStacks = requireContext(context.existingStacks, 'what exists')
      context.inventory = await takeInventory(context.aws.stacks, existingStacks)
      for (const look of [lookForForeign(), findLeftovers(), forecast()]) await look.run(context, tools)
    },
  }
}

/** Why nothing that exists is deleted; undefined where it is. */
export function replacesNothing({settings, existingStacks}: DeployContext): string | undefined {
  if (!settings.replace) return 'not asked for (--replace)'
  return existingStacks?.length === 0 ? 'nothing exists' : undefined
}
