import type {AgendaItem} from './account.js'

/**
 * An agenda is a binary heap, so that it stays plain data and the next item stands first whatever its length: a
 * thousand stacks at work have hundreds of thousands of items. One that is sorted is such a heap.
 */
export type Agenda = AgendaItem[]

/** Adds an item. */
export function addItem(agenda: Agenda, item: AgendaItem): void {
  let index = agenda.push(item) - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!isBefore(item, agenda[parent] as AgendaItem)) break
    agenda[index] = agenda[parent] as AgendaItem
    index = parent
  }
  agenda[index] = item
}

/** Takes the next item. */
export function takeItem(agenda: Agenda): AgendaItem | undefined {
  const [next] = agenda
  const last = agenda.pop()
  if (last && next !== last) sink(agenda, last)
  return next
}

/** The agenda without the items that match. */
export function withoutItems(agenda: Agenda, matches: (item: AgendaItem) => boolean): Agenda {
  const kept = agenda.filter(item => !matches(item))
  return kept.length === agenda.length
    ? agenda
    : kept.sort((left, right) => left.at - right.at || left.order - right.order)
}

/** Puts an item where the first one was, and then to its place. */
function sink(agenda: Agenda, item: AgendaItem): void {
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    if (child >= agenda.length) break
    const right = agenda[child + 1]
    if (right && isBefore(right, agenda[child] as AgendaItem)) child += 1
    if (!isBefore(agenda[child] as AgendaItem, item)) break
    agenda[index] = agenda[child] as AgendaItem
    index = child
  }
  agenda[index] = item
}

/** Ties are broken by the order of scheduling. */
function isBefore(left: AgendaItem, right: AgendaItem): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order)
}
