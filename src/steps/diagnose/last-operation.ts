import type {StackDescription, StackEvent} from '../../aws/stack-data.js'
import {isCalledOff, isDeleted, isDeleting} from '../../aws/stack-status.js'
import {operationStartedAt, type Stacks} from '../../aws/stacks.js'
import {labelOf} from '../../environment/stacks.js'
import type {StackProgress} from '../../progress.js'

/** An event of a stack and the time of its creation or update need not agree to the second. */
const slackMs = 60_000

const stackType = 'AWS::CloudFormation::Stack'
const nothingSeen: ReadonlySet<string> = new Set()

/**
 * The events of the last operation on a stack and on all stacks nested in it, deleted ones included, oldest first.
 * A rollback has an operation id of its own, and the cause lies in the operation before it: both are read, from the
 * event with which somebody's request began. So is what came before a deletion that CloudFormation began by itself, or
 * that is all that is left of a stack.
 */
export async function lastOperation(
  stacks: Pick<Stacks, 'newEvents'>,
  {stack, label}: {stack: StackDescription; label: string},
): Promise<readonly StackProgress[]> {
  const read = (since: number) => stacks.newEvents(stack.id, {seen: nothingSeen, since})
  const late = fromBeginning(await read(operationStartedAt(stack) - slackMs), stack)
  // Continuing a rollback moves the time of the last update, and not the event that began it.
  const events = late ?? fromBeginning(await read(0), stack) ?? []
  const since = events[0]?.at ?? 0
  const nested = await nestedEvents(stacks, events, since, new Set([stack.id]))
  return [...events.map(event => progressOf(event, label)), ...nested].sort((a, b) => a.at - b.at)
}

/** From the event with which the operation began; undefined when it is not among the events. */
function fromBeginning(
  events: readonly StackEvent[],
  {id, status}: StackDescription,
): readonly StackEvent[] | undefined {
  const own = events.flatMap((event, index) => (event.physicalId === id ? [{...event, index}] : []))
  // A deletion that was called off says nothing of why the stack is as it is.
  const begins = own.filter(
    ({status: begun}, at) =>
      /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(begun) &&
      !(isDeleting(begun) && isCalledOff(own[at + 1]?.status ?? begun)),
  )
  const last = begins.at(-1)
  if (last === undefined) return undefined
  if (last.status !== 'DELETE_IN_PROGRESS') return events.slice(last.index)
  const wasAsked = last.reason === undefined || last.reason === 'User Initiated'
  if (wasAsked && !isDeleted(status)) return events.slice(last.index)
  const before = begins.findLast(({status: begun}) => begun !== 'DELETE_IN_PROGRESS')
  return before && events.slice(before.index)
}

async function nestedEvents(
  stacks: Pick<Stacks, 'newEvents'>,
  parents: readonly StackEvent[],
  since: number,
  known: Set<string>,
): Promise<readonly StackProgress[]> {
  const children = new Map<string, string>()
  for (const {type, physicalId, logicalId} of parents) {
    if (type === stackType && physicalId !== '' && !known.has(physicalId)) children.set(physicalId, logicalId)
  }
  for (const id of children.keys()) known.add(id)
  const lists = await Promise.all(
    Array.from(children, async ([id, logicalId]) => {
      const events = await stacks.newEvents(id, {seen: nothingSeen, since})
      const own = events.map(event => progressOf(event, labelOf(logicalId)))
      return [...own, ...(await nestedEvents(stacks, events, since, known))]
    }),
  )
  return lists.flat()
}

function progressOf({eventId: _, ...event}: StackEvent, label: string): StackProgress {
  const isStack = event.type === stackType && event.physicalId === event.stackId
  return {...event, label, reason: event.reason, isStack}
}
