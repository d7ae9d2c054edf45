import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import {inExpress} from '../teardown/head-start/express-links.js'
import {headStartKinds} from '../teardown/head-start/kinds.js'
import {withHeadStarts} from '../teardown/head-start/links.js'
import type {PlanContext} from './context.js'
import {creationLinks} from './creation-links.js'
import {deletionLinks} from './deletion-links.js'
import type {TimedLink} from './links.js'
import {staying} from './staying.js'
import {timelineOf} from './timeline.js'

/** Finds out how long creating or deleting them typically takes, and what decides that. */
export function findCriticalPath(): Step<PlanContext> {
  return {
    id: 'find-critical-path',
    title: 'Find the critical path',
    async run(context) {
      const links = linksOf(context, {serial: false})
      context.timeline = timelineOf(context.operation === 'delete' ? hurried(context, links) : links)
      context.serialSeconds = timelineOf(linksOf(context, {serial: true})).seconds
    },
  }
}

function linksOf({operation, stacks, learned}: PlanContext, {serial}: {serial: boolean}) {
  const options = {serial, learned}
  const planned = requireContext(stacks, 'the stacks')
  return operation === 'create' ? creationLinks(planned, options) : deletionLinks(planned, options)
}

/** As a teardown of all this goes: with what begins ahead of CloudFormation, and in express mode where that is wanted. */
function hurried(
  {stacks: planned, headStarts, express, settings}: PlanContext,
  links: readonly TimedLink[],
): readonly TimedLink[] {
  const stacks = requireContext(planned, 'the stacks')
  const stays = staying(stacks)
  const keepsDatabase = stays.some(({type}) => type === 'AWS::RDS::DBCluster')
  const resources = stacks.flatMap(({label, resources: own}) =>
    own.map(({logicalId, declaration: {type}}) => ({label, logicalId, type})),
  )
  const begins = headStartKinds
    .filter(({name, holdsData, isLeftToExpress, onlyBeside = ''}) => {
      const isAlone = keepsDatabase || settings.layout === 'individual'
      if ((keepsDatabase && holdsData) || (isAlone && headStarts.has(onlyBeside))) return false
      return headStarts.has(name) && !(express && isLeftToExpress)
    })
    .map(kind => ({
      kind,
      resources: resources.filter(
        ({type, logicalId}) => type === kind.type && !stays.some(each => each.logicalId === logicalId),
      ),
    }))
  return express ? inExpress(links, {begins}) : withHeadStarts(links, {begins})
}
