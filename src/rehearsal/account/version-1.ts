import type {Account, Region} from './account.js'
import type {EventName} from './event-data.js'
import type {ScheduledEvent} from './event-queue.js'
import type {Stack, StackOperation, StackResource, StackSnapshot} from './stack.js'

/** Events that had another name. */
const renamed = {'row.work': 'resource.work', 'row.gone': 'resource.gone'} as const

type RenamedEvent = keyof typeof renamed

type SnapshotOfVersion1 = Omit<StackSnapshot, 'resources'> & {rows: StackSnapshot['resources']}

type OperationOfVersion1 = Omit<StackOperation, 'pendingDeletes' | 'before'> & {
  leftovers: StackResource[]
  before?: SnapshotOfVersion1
}

type StackOfVersion1 = Omit<Stack, 'resources' | 'pendingDeletes' | 'operation' | 'stable'> & {
  rows: Stack['resources']
  leftovers?: StackResource[]
  operation?: OperationOfVersion1
  stable?: SnapshotOfVersion1
}

/**
 * An account as earlier versions of mcpgw wrote it: the event queue was its agenda, the name of an event its kind, the
 * resources of a stack its rows, and pending deletes were leftovers.
 */
export type AccountOfVersion1 = Omit<Account, 'version' | 'eventQueue' | 'regions'> & {
  version: 1
  agenda: (Omit<ScheduledEvent, 'name'> & {
    kind: RenamedEvent | Exclude<EventName, (typeof renamed)[RenamedEvent]>
  })[]
  regions: Record<string, Omit<Region, 'stacks'> & {stacks: Record<string, StackOfVersion1>}>
}

/** The same account as this version keeps it; what was scheduled in it happens as it would have. */
export function fromVersion1({agenda, regions, ...account}: AccountOfVersion1): Account {
  const eventQueue = agenda.map(({kind, ...event}) => ({
    ...event,
    name: isRenamed(kind) ? renamed[kind] : kind,
  }))
  const regionsNow = mapValues(regions, region => ({...region, stacks: mapValues(region.stacks, stackNow)}))
  return {...account, version: 2, eventQueue, regions: regionsNow}
}

function stackNow({rows, leftovers, operation, stable, ...stack}: StackOfVersion1): Stack {
  return {
    ...stack,
    resources: rows,
    ...(leftovers && {pendingDeletes: leftovers}),
    ...(operation && {operation: operationNow(operation)}),
    ...(stable && {stable: snapshotNow(stable)}),
  }
}

function operationNow({leftovers, before, ...operation}: OperationOfVersion1): StackOperation {
  return {...operation, pendingDeletes: leftovers, ...(before && {before: snapshotNow(before)})}
}

function snapshotNow({rows, ...snapshot}: SnapshotOfVersion1): StackSnapshot {
  return {...snapshot, resources: rows}
}

function mapValues<From, To>(values: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]))
}

function isRenamed(kind: string): kind is RenamedEvent {
  return Object.hasOwn(renamed, kind)
}
