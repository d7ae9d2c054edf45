import {
  CloudFormation,
  paginateDescribeStackEvents,
  paginateListStacks,
  type StackEvent,
} from '@aws-sdk/client-cloudformation'
import type {FailureDocument} from '../../../src/app/failure-document.js'
import type {DrillAccount} from './account.js'

/** A stack of the environment, and what a failure says that it is in: `mcp-gateway ended in ROLLBACK_COMPLETE`. */
const saidStatus =
  /(?<![\w/:-])(mcp-gateway[\w-]*)(?: was deleted by someone else [^().]*)?(?: is(?: in)? | ended in | \((?:it ended in )?)([A-Z]+(?:_[A-Z]+)*_(?:COMPLETE|FAILED|IN_PROGRESS))\b/g

/**
 * Where a failure and AWS's own API do not agree: the status of a stack that it names, and the first failure that it tells
 * of, which must be among the stack's events. Asked right after the command has ended, when no time has passed.
 */
export async function ofFailure(account: DrillAccount, error: FailureDocument['error']): Promise<string[]> {
  const cloudFormation = new CloudFormation(account.clientConfig)
  const {Stacks = []} = await cloudFormation.describeStacks({})
  const statuses = new Map(Stacks.map(({StackName = '', StackStatus}) => [StackName, StackStatus]))
  const differing = statusesIn(error).flatMap(({name, status}) => {
    // A stack that is gone is shown to nobody who does not know its id.
    const shown = statuses.get(name) ?? 'DELETE_COMPLETE'
    return shown === status || mayHaveEnded(error, status, shown)
      ? []
      : `stack ${name}: said ${status}, shown ${shown}`
  })
  const {diagnosis} = error
  if (!diagnosis) return differing
  const {stack, logicalId, status} = diagnosis
  const events = await eventsOf(cloudFormation, stack)
  const has = events.some(
    ({LogicalResourceId, ResourceStatus}) => LogicalResourceId === logicalId && ResourceStatus === status,
  )
  return has
    ? differing
    : [...differing, `said that ${logicalId} of ${stack} was ${status}, no event shows it`]
}

/**
 * Whoever is interrupted while they wait says what they saw last, and that it goes on: the time that they waited for has
 * passed.
 */
export function mayHaveEnded(
  {code}: Pick<FailureDocument['error'], 'code'>,
  said: string,
  shown: string,
): boolean {
  const operation = said.replace(/_IN_PROGRESS$/, '')
  if (code !== 'INTERRUPTED' || operation === said) return false
  const isTurnedBack = !operation.startsWith('DELETE') && /(^|_)ROLLBACK_/.test(shown)
  return isTurnedBack || shown.startsWith(`${operation}_`)
}

/** What a failure says of the statuses of stacks. */
export function statusesIn({
  message,
  cause,
  hint,
}: FailureDocument['error']): {name: string; status: string}[] {
  const text = [message, cause, hint].filter(Boolean).join('\n')
  return [...text.matchAll(saidStatus)].map(([, name = '', status = '']) => ({name, status}))
}

/** Of every stack that ever had this place (`mcp-gateway / DataStack`): what has failed may be gone, or made anew. */
async function eventsOf(cloudFormation: CloudFormation, place: string): Promise<StackEvent[]> {
  const name = place.split(' / ').join('-')
  const isIt = (stack: string) => stack === name || (place.includes(' / ') && stack.startsWith(`${name}-`))
  const ids: string[] = []
  for await (const {StackSummaries = []} of paginateListStacks({client: cloudFormation}, {})) {
    ids.push(...StackSummaries.filter(({StackName = ''}) => isIt(StackName)).map(({StackId = ''}) => StackId))
  }
  const events: StackEvent[] = []
  for (const StackName of ids) {
    const pages = paginateDescribeStackEvents({client: cloudFormation}, {StackName})
    for await (const {StackEvents = []} of pages) events.push(...StackEvents)
  }
  return events
}
