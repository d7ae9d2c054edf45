import type {Account} from './account.js'
import type {EventName} from './event-data.js'
import type {ScheduledEvent} from './event-queue.js'

/** Events that had another name. */
const renamed = {'row.work': 'resource.work', 'row.gone': 'resource.gone'} as const

type RenamedEvent = keyof typeof renamed

/** An account as earlier versions of mcpgw wrote it: the event queue was its agenda, the name of an event its kind. */
export type AccountOfVersion1 = Omit<Account, 'version' | 'eventQueue'> & {
  version: 1
  agenda: (Omit<ScheduledEvent, 'name'> & {
    kind: RenamedEvent | Exclude<EventName, (typeof renamed)[RenamedEvent]>
  })[]
}

/** The same account as this version keeps it; what was scheduled in it happens as it would have. */
export function fromVersion1({agenda, ...account}: AccountOfVersion1): Account {
  const eventQueue = agenda.map(({kind, ...event}) => ({
    ...event,
    name: isRenamed(kind) ? renamed[kind] : kind,
  }))
  return {...account, version: 2, eventQueue}
}

function isRenamed(kind: string): kind is RenamedEvent {
  return Object.hasOwn(renamed, kind)
}
