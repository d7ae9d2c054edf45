import type {CloudFormation} from '@aws-sdk/client-cloudformation'
import {allPages} from './pages.js'
import type {StackEvent} from './stack-data.js'

/** CloudFormation's words when a check before the operation found something; the events do not tell what. */
const refused = /\bAWS::EarlyValidation::/

/**
 * The events with what CloudFormation found before it touched a resource (a name that is taken, a property that is wrong)
 * put before the event that only says that there was something. They have the status VALIDATION_FAILED, and its time
 * stamp. Source: CloudFormation user guide, "Validate stack deployments"; only DescribeEvents has them.
 */
export async function withFindings(
  sdk: CloudFormation,
  stackId: string,
  events: readonly StackEvent[],
): Promise<readonly StackEvent[]> {
  const at = events.findIndex(({physicalId, reason}) => physicalId === stackId && refused.test(reason ?? ''))
  const told = events[at]
  if (told === undefined) return events
  return [...events.slice(0, at), ...(await findings(sdk, told)), ...events.slice(at)]
}

/** Without them the failure is told as it was: an identity that may not ask for them must still see how it ends. */
async function findings(sdk: CloudFormation, told: StackEvent): Promise<readonly StackEvent[]> {
  const {stackId, stackName, at} = told
  try {
    const events = await allPages(async token => {
      const page = await sdk.describeEvents({
        StackName: stackId,
        Filters: {FailedEvents: true},
        NextToken: token,
      })
      return {items: page.OperationEvents, token: page.NextToken}
    })
    return events
      .filter(({EventType}) => EventType === 'VALIDATION_ERROR')
      .map(event => ({
        eventId: event.EventId ?? '',
        stackId,
        stackName,
        logicalId: event.LogicalResourceId ?? '',
        physicalId: event.PhysicalResourceId ?? '',
        type: event.ResourceType ?? '',
        status: 'VALIDATION_FAILED',
        reason: event.ValidationStatusReason,
        at,
      }))
  } catch {
    return []
  }
}
