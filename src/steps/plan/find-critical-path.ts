import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import type {PlanContext} from './context.js'
import {creationLinks} from './creation-links.js'
import {deletionLinks} from './deletion-links.js'
import {timelineOf} from './timeline.js'

/** Finds out how long creating or deleting them typically takes, and what decides that. */
export function findCriticalPath(): Step<PlanContext> {
  return {
    id: 'find-critical-path',
    title: 'Find the critical path',
    async run(context) {
      context.timeline = timelineOf(linksOf(context, {serial: false}))
      context.serialSeconds = timelineOf(linksOf(context, {serial: true})).seconds
    },
  }
}

function linksOf({operation, stacks, learned}: PlanContext, {serial}: {serial: boolean}) {
  const options = {serial, learned}
  const planned = requireContext(stacks, 'the stacks')
  return operation === 'create' ? creationLinks(planned, options) : deletionLinks(planned, options)
}
