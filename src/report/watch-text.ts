import type {Clock} from '../clock.js'
import {rootStackName} from '../environment/names.js'
import type {CancelResult, WatchResult} from '../results.js'
import {visibleIn} from '../visible.js'
import type {Paint} from './paint.js'
import {formatTable} from './table.js'
import {formatTook} from './words.js'

const done = {create: 'created', update: 'updated', delete: 'deleted', review: 'reviewed'} as const

/** What a person reads at the end of watch. */
export function watchText(result: WatchResult, paint: Paint, clock: Pick<Clock, 'label'>): string {
  const {environment, operation, stacks, durationSeconds, next} = visibleIn(result)
  if (operation === 'none') {
    const rows = stacks.map(({name, status}) => [name, status])
    const table = formatTable(['STACK', 'STATUS'], rows)
    return [`No operation is in progress on ${environment}.`, ...table, '', `Next: ${next}`].join('\n')
  }
  const rows = stacks.map(({name, status, durationSeconds: seconds}) => [
    name,
    status,
    formatTook(seconds, clock),
  ])
  const table = formatTable(['STACK', 'STATUS', 'TOOK'], rows)
  const end = paint.green(
    `✔ ${subject(environment, stacks)} ${done[operation]} (watched for ${formatTook(durationSeconds, clock)}).`,
  )
  return [...table, '', end, `Next: ${next}`].join('\n')
}

/** Stacks that stand alone are named: whoever deploys them may be about to begin the next one. */
function subject(environment: string, stacks: WatchResult['stacks']): string {
  if (stacks.some(({name}) => name === rootStackName(environment))) return `${environment} was`
  const names = stacks.map(({name}) => name)
  return `${names.join(', ')} ${names.length === 1 ? 'was' : 'were'}`
}

/** What a person reads at the end of cancel. */
export function cancelText(result: CancelResult, paint: Paint, clock: Pick<Clock, 'label'>): string {
  const {environment, cancelled, durationSeconds, next} = visibleIn(result)
  const rows = cancelled.map(({stack, from, status}) => [stack, from, status])
  const table = formatTable(['STACK', 'WAS', 'IS'], rows)
  const end = paint.green(
    `✔ What ran on ${environment} is cancelled (${formatTook(durationSeconds, clock)}).`,
  )
  return [...table, '', end, `Next: ${next}`].join('\n')
}
