import type {BuildView, ProgressModel, StackView} from './progress-model.js'

/** Seconds as a person says them: `42s`, `3m05s`, `1h02m`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole}s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes}m${String(whole % 60).padStart(2, '0')}s`
  return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`
}

/** Done over total; the total is left out when nobody knows it. */
export function formatCount({done, total}: {done: number; total: number | undefined}): string {
  return total === undefined ? `${done}` : `${Math.min(done, total)}/${total}`
}

/** What is being made now, the longest first: "DatabaseProxy 61s, Writer 12s +3". */
export function formatMaking(making: StackView['making'], now: number, most = 3): string {
  const named = making
    .slice(0, most)
    .map(({logicalId, since}) => `${logicalId} ${formatSeconds((now - since) / 1000)}`)
  const more = making.length > most ? ` +${making.length - most}` : ''
  return named.join(', ') + more
}

/** One line about the image build. */
export function formatBuild({phase, status, seconds}: BuildView): string {
  if (phase === 'COMPLETED') return `image build ${status} after ${formatSeconds(seconds)}`
  return `image build ${phase} ${status === 'IN_PROGRESS' ? 'running' : `${status} (${formatSeconds(seconds)})`}`
}

/** What is well so far, while waiting for the rest. */
export function formatWaiting(waiting: NonNullable<ProgressModel['waiting']>): string {
  const {services, targetGroups, endpoints} = waiting
  const of = ({ok, total}: {ok: number; total: number}) => `${ok}/${total}`
  return `services ${of(services)}, target groups ${of(targetGroups)}, endpoints ${of(endpoints)} healthy`
}

/** All stacks in one line, for a heartbeat. */
export function formatOverview(model: ProgressModel, now: number): string {
  const {waiting, build, stacks, counts} = model
  if (waiting !== undefined) {
    return `${formatWaiting(waiting)}; ${waiting.problem}`
  }
  const parts = stacks
    .filter(({label, total, done}) => label !== 'main' || total !== undefined || done > 0)
    .map(stack => `${stack.label} ${formatCount(stack)}`)
  const making = stacks.flatMap(stack => stack.making).sort((a, b) => a.since - b.since)
  const current = making.length === 0 ? '' : `; now ${formatMaking(making, now)}`
  const images = build === undefined || build.phase === 'COMPLETED' ? '' : `; ${formatBuild(build)}`
  return parts.length === 0 ? '' : `${formatCount(counts)} resources (${parts.join(', ')})${current}${images}`
}
