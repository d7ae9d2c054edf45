import type {StackEvent} from '../../aws/stack-data.js'
import {isFailed} from '../../aws/stack-status.js'

/** What of an event tells of a resource's deletion. */
export type DeletionEvent = Pick<StackEvent, 'physicalId' | 'type' | 'status' | 'logicalId' | 'reason'>

const nestedType = 'AWS::CloudFormation::Stack'

/**
 * The last word of each resource whose deletion failed, by events in their order. After an update the stack no longer knows
 * such a resource, and nobody tries it again: it stays.
 * Source: CloudFormation User Guide, "Troubleshooting CloudFormation": a clean-up is tried three times.
 */
export function undeleted<Event extends DeletionEvent>(events: readonly Event[]): readonly Event[] {
  const last = new Map<string, Event>()
  for (const event of events)
    if (event.physicalId !== '' && event.type !== nestedType)
      last.set(`${event.type} ${event.physicalId}`, event)
  return [...last.values()].filter(({status}) => isFailed(status) && status.startsWith('DELETE_'))
}
