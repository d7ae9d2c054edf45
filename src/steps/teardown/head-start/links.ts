import type {ExpectedTime} from '../../../progress.js'
import type {TimedLink} from '../../plan/links.js'
import {expectedTimes, type Timeline} from '../../plan/timeline.js'
import type {ForeseenHeadStarts} from './kinds.js'

/** From the beginning of a deletion to that of its head starts: CloudFormation has to accept it first. */
export const acceptedSeconds = 2
/** What is left of a row when its resource goes by itself: its handler looks every half minute, at the middle of it on average. */
const meetingSeconds = 15
/** A cluster that was deleted with its instances outlasts them a little; a guess, as in docs/head-start.md. */
export const clusterSeconds = 10

/** The row of what is gone when CloudFormation comes to it. */
const goneSeconds = 3

export const instanceType = 'AWS::RDS::DBInstance'
export const clusterType = 'AWS::RDS::DBCluster'
/** Gone before CloudFormation comes to the network, where the instances go ahead and keep it from that. */
const goneByThen: ReadonlySet<string> = new Set(['AWS::EC2::NatGateway', 'AWS::EC2::VPCEndpoint'])
/** Kinds that take a share of the whole; the head start of the others saves seconds, or none that could be foretold. */
const foretold: ReadonlySet<string> = new Set([instanceType, clusterType])

/**
 * The links of a deletion with those that begin ahead of it: each goes from the first moment, and the row that waits for it
 * takes what its handler needs to notice.
 */
export function withHeadStarts(
  links: readonly TimedLink[],
  {begins}: ForeseenHeadStarts,
): readonly TimedLink[] {
  const begun = new Set(
    begins.flatMap(({resources}) => resources.map(({label, logicalId}) => `${label}/${logicalId}`)),
  )
  const ahead = new Map(
    begins
      .filter(({kind}) => foretold.has(kind.type))
      .flatMap(({resources}) => resources.map(({label, logicalId}) => [`${label}/${logicalId}`, label])),
  )
  const isAhead = ({key}: TimedLink) => ahead.has(key)
  const instances = links.filter(link => isAhead(link) && link.type === instanceType)
  return links.flatMap(link => {
    // Stacks of their own are deleted one after the other, each with its own head starts.
    const isGone = begun.has(link.key) && goneByThen.has(link.type) && link.stack.parent !== undefined
    if (isGone && instances.length > 0) return [{...link, seconds: Math.min(link.seconds, goneSeconds)}]
    if (!isAhead(link)) return [link]
    const {resource: _, ...rest} = link
    const own =
      link.type === clusterType
        ? {seconds: clusterSeconds, needs: instances.map(({key}) => aheadOf(key))}
        : {seconds: acceptedSeconds + link.seconds, needs: []}
    return [
      {...rest, ...own, key: aheadOf(link.key)},
      {...link, seconds: meetingSeconds, needs: [...link.needs, aheadOf(link.key)]},
    ]
  })
}

/** What is left from the beginning of each resource: of one that begins ahead of its row from there on. */
export function expectedWithHeadStarts(timeline: Timeline): ExpectedTime[] {
  const {links, toEnd} = timeline
  const ahead = new Map(links.map(({key, seconds}) => [key, {seconds, toEnd: toEnd.get(key) ?? 0}]))
  return expectedTimes(timeline).map(time => {
    const begun = ahead.get(aheadOf(`${time.label}/${time.logicalId}`))
    if (begun === undefined) return time
    return {...time, seconds: begun.seconds + time.seconds, secondsToEnd: begun.toEnd}
  })
}

/** The key of what goes ahead of a row. */
function aheadOf(key: string): string {
  return `${key}~`
}
