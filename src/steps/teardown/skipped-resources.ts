import {awsCommand, shell} from '../../aws/command-line.js'
import {isSkipped} from '../../aws/stack-status.js'
import type {TaggedResource} from '../../aws/tagged-resources.js'
import type {Unknown} from '../../results.js'
import {provedKinds} from '../prove/kinds.js'
import {wasDeleted} from '../was-deleted.js'
import type {TeardownContext} from './context.js'

/** What is asked of its service is found there, or gone. */
const readTypes = new Set(provedKinds.flatMap(({type}) => type ?? []))

/**
 * What CloudFormation left in place (DELETE_SKIPPED) in this run, or when somebody deleted a nested stack before it, and
 * the tag service does not list: it may carry no tag, be of a kind that is not listed, or be gone by now.
 */
export function skippedResources(
  {aws, record, provedGone, inventory = []}: TeardownContext,
  tagged: readonly TaggedResource[],
): readonly Unknown[] {
  const found = [...record.events, ...inventory.flatMap(({resources}) => resources)]
    .filter(({status}) => isSkipped(status))
    .filter(({physicalId}) => !provedGone.has(physicalId))
  const unlisted = found.filter(
    ({type, physicalId}) =>
      !readTypes.has(type) && !tagged.some(({arn}) => wasDeleted(arn, new Set([physicalId]))),
  )
  const byId = new Map(unlisted.map(({type, physicalId}) => [`${type} ${physicalId}`, {type, physicalId}]))
  return [...byId.values()].map(({type, physicalId}) => ({
    kind: type,
    name: physicalId,
    reason:
      'CloudFormation left it in place (DELETE_SKIPPED), and the list of what has the tag does not show it.',
    command: awsCommand(
      aws,
      shell`cloudcontrol delete-resource --type-name ${type} --identifier ${physicalId}`,
    ),
  }))
}
