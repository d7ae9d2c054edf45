import type {Clock} from '../clock.js'
import type {Tally, UnsteadyService} from '../progress.js'
import type {BuildView, ProgressModel, StackView} from './progress-model.js'

/** Seconds as a person says them: `42s`, `3m05s`, `1h02m`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole}s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes}m${String(whole % 60).padStart(2, '0')}s`
  return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`
}

/** How long something took, and by which time when that is not the real one: `3m05s`, `3m05s account time`. */
export function formatTook(seconds: number, {label}: Pick<Clock, 'label'>): string {
  return [formatSeconds(seconds), label].filter(Boolean).join(' ')
}

/** Minutes and seconds from a beginning: `4:05`, `19:00`. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** An estimate as a person says it. */
export function formatMinutes(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60))
  return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`
}

/** What is left of it; empty when nobody knows. What is late is not nearly done. */
export function formatLeft(model: Pick<ProgressModel, 'secondsLeft' | 'isLate'>, now: number): string {
  const seconds = model.secondsLeft(now)
  if (seconds === undefined) return ''
  if (seconds >= 30) return `${formatMinutes(seconds)} left`
  return model.isLate(now) ? 'slower than usual' : 'nearly done'
}

/** Done over total; the total is left out when nobody knows it. */
export function formatCount({done, total}: {done: number; total: number | undefined}): string {
  return total === undefined ? `${done}` : `${Math.min(done, total)}/${total}`
}

/** What is being made now, the longest first: "DatabaseProxy 61s, Writer 12s +3". */
export function formatMaking(making: StackView['making'], now: number, most = 3): string {
  const named = making.slice(0, most).map(({logicalId, since, service}) => {
    const tasks = service === undefined ? '' : ` (${formatTasks(service)})`
    return `${logicalId} ${formatSeconds((now - since) / 1000)}${tasks}`
  })
  const more = making.length > most ? ` +${making.length - most}` : ''
  return named.join(', ') + more
}

/** How the tasks of a service are: "0/1 tasks running, 3 failed". */
export function formatTasks({desired, running, failed}: UnsteadyService): string {
  return `${running}/${desired} tasks running, ${failed} failed`
}

/** One line about the image build, or the export of images. */
export function formatBuild({phase, status, seconds}: BuildView, exported?: Tally): string {
  const what = exported === undefined ? 'image build' : 'image export'
  if (phase === 'COMPLETED') return `${what} ${status} after ${formatSeconds(seconds)}`
  if (status !== 'IN_PROGRESS') return `${what} ${phase} ${status} (${formatSeconds(seconds)})`
  const count = exported !== undefined && phase === 'BUILD' ? `, ${formatExported(exported)}` : ''
  return `${what} ${phase} running${count}`
}

/** How far an export is. */
export function formatExported({ok, total}: Tally): string {
  return `${ok}/${total} images written`
}

/** What is well so far, while waiting for the rest. */
export function formatWaiting(waiting: NonNullable<ProgressModel['waiting']>): string {
  const {services, targetGroups, endpoints, links} = waiting
  const of = ({ok, total}: {ok: number; total: number}) => `${ok}/${total}`
  const wayIn = links.total === 0 ? '' : `, links ${of(links)}`
  return `services ${of(services)}, target groups ${of(targetGroups)}, endpoints ${of(endpoints)}${wayIn} healthy`
}

/** All stacks in one line, for a heartbeat. */
export function formatOverview(model: ProgressModel, now: number): string {
  const {waiting, build, stacks, counts, exported} = model
  if (waiting !== undefined) {
    return `${formatWaiting(waiting)}; ${waiting.problem}`
  }
  const parts = stacks
    .filter(({label, total, done}) => label !== 'main' || total !== undefined || done > 0)
    .map(stack => `${stack.label} ${formatCount(stack)}`)
  const making = stacks.flatMap(stack => stack.making).sort((a, b) => a.since - b.since)
  const current = making.length === 0 ? '' : `; now ${formatMaking(making, now)}`
  const images = build === undefined || build.phase === 'COMPLETED' ? '' : `; ${formatBuild(build)}`
  const left = formatLeft(model, now)
  const rest = `${left === '' ? '' : `; ${left}`}${current}${images}`
  if (parts.length > 0) return `${formatCount(counts)} resources (${parts.join(', ')})${rest}`
  return build !== undefined && exported !== undefined ? formatBuild(build, exported) : ''
}

/** Bytes as a person says them: `412 MB`, `37 bytes`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`
  return bytes < 10_000_000_000
    ? `${Math.round(bytes / 1_000_000)} MB`
    : `${Math.round(bytes / 1_000_000_000)} GB`
}

/** AWS calls, the most frequent first. */
export function callLines(calls: Readonly<Record<string, number>>): string[] {
  return Object.entries(calls)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${String(count).padStart(5)}  ${name}`)
}
