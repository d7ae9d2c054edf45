import {provedKinds} from '../prove/kinds.js'
import {lookAt} from '../prove/look.js'
import type {Step} from '../step.js'
import type {TeardownContext} from './context.js'
import {hadByStacks} from './had-by-stacks.js'
import {unlessRefused} from './refused.js'

const kinds = provedKinds.filter(({kind}) => kind === 'ecs:task-definition')

/**
 * Deletes the revisions of the environment's task definitions, those of earlier deployments too: a stack that goes leaves
 * them deregistered, and so does every update.
 */
export function cleanTaskDefinitions(): Step<TeardownContext> {
  return {
    id: 'task-definitions',
    title: 'Delete the task definitions',
    async run(context, {tell}) {
      const lineage = await hadByStacks(context)
      // What may not be listed, or deleted, the proof tells.
      const looked = await lookAt(context, kinds, {lineage, tagged: []}, () => {})
      const found = looked.flatMap(each => each.found).map(({existing}) => existing)
      const waiting = found.filter(({isGoing}) => isGoing !== true)
      if (waiting.length === 0) return
      const active = new Set(waiting.filter(({isInUse}) => isInUse === true).map(({arn}) => arn))
      const isGone = await unlessRefused(
        async () => {
          await context.aws.taskDefinitions.remove(
            waiting.map(({arn}) => arn),
            active,
          )
          return true
        },
        reason => tell({kind: 'note', text: `The task definitions stay: ${reason}`}),
      )
      if (!isGone) return
      context.cleaned.push(...waiting.map(({kind, name}) => ({kind, name})))
      tell({kind: 'note', text: `Deleted ${waiting.length} revisions of task definitions`})
    },
  }
}
