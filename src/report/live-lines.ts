import {stripVTControlCharacters} from 'node:util'
import type {Clock} from '../clock.js'
import {causeLines} from './cause-lines.js'
import {foldText} from './fold.js'
import {type Marks, marksFor} from './marks.js'
import type {Paint} from './paint.js'
import type {ProgressModel, StackView} from './progress-model.js'
import {formatBuild, formatCount, formatLeft, formatMaking, formatTook, formatWaiting} from './words.js'

/** The words of a status in front of colours: a mark that reads the same without them. */
function mark({status, failures}: StackView, paint: Paint, marks: Marks): string {
  if (failures > 0 || status.includes('FAILED') || status.includes('ROLLBACK')) return paint.red(marks.failed)
  if (status.endsWith('_COMPLETE')) return paint.green(marks.done)
  return status === '' ? paint.dim(marks.waiting) : paint.yellow(marks.running)
}

/**
 * What is under the running step: the first failure, when there is one, then a line with the sum, one for each
 * stack, one for the image build. Never more than `most` lines, so that the screen is not scrolled away: the failure
 * and the stacks at work come first.
 * @param options.columns how many characters a line may have; what the failure tells continues in the next
 */
export function liveLines(
  model: ProgressModel,
  options: {
    now: number
    startedAt: number
    paint: Paint
    marks?: Marks
    most: number
    columns?: number
    label?: Clock['label']
  },
): string[] {
  const {now, startedAt, paint, marks = marksFor({}), columns} = options
  const elapsed = formatTook((now - startedAt) / 1000, options)
  const failure = failureLines(model, columns, paint).slice(0, Math.max(0, options.most - 1))
  const most = options.most - failure.length
  if (model.waiting !== undefined) {
    const sum = `${formatWaiting(model.waiting)} · ${elapsed}`
    return [...broken(sum, columns), ...broken(model.waiting.problem, columns)].slice(0, Math.max(1, most))
  }
  const {stacks, exported} = model
  if (stacks.length === 0)
    return model.build && exported ? [`${formatBuild(model.build, exported)} · ${elapsed}`] : []
  const {done, total: all} = model.counts
  // What is done to the end is late for nothing.
  const left = all !== undefined && done >= all ? '' : formatLeft(model, now)
  const total = [`${formatCount(model.counts)} resources`, elapsed, left].filter(Boolean).join(' · ')
  const build = model.build === undefined ? [] : [`  ${formatBuild(model.build)}`]
  const lines = stacks.map(stack => stackLines(stack, {now, paint, marks, columns}))
  const room = Math.max(1, most - 1 - build.length)
  return [
    ...failure,
    ...[...broken(total, columns), ...fitInto(stacks, lines, room), ...build].slice(0, Math.max(1, most)),
  ]
}

function broken(text: string, columns: number | undefined): string[] {
  return columns === undefined ? [text] : foldText(text, {width: columns, whole: false})
}

function failureLines({cause}: ProgressModel, columns: number | undefined, paint: Paint): string[] {
  if (cause === undefined) return []
  const [first = '', ...rest] = causeLines(cause, columns)
  return [paint.red(first), ...rest]
}

/** A stack in one line; where that has no room for the task counts of services that are not steady, these are below it. */
function stackLines(
  stack: StackView,
  {now, paint, marks, columns}: {now: number; paint: Paint; marks: Marks; columns: number | undefined},
): string[] {
  const {label, status, making} = stack
  const words = status === '' ? 'waiting' : status
  // The root of nested stacks has nothing of its own to count.
  const count = label === 'main' && stack.total === undefined && stack.done === 0 ? '' : formatCount(stack)
  const line =
    `${mark(stack, paint, marks)} ${label.padEnd(8)} ${words.padEnd(18)} ${count.padStart(7)}`.trimEnd()
  const withMaking = (made: StackView['making']) =>
    made.length === 0 ? line : `${line}  ${paint.dim(formatMaking(made, now))}`
  const whole = withMaking(making)
  const unsteady = making.filter(({service}) => service !== undefined)
  const fits = columns === undefined || stripVTControlCharacters(whole).length <= columns
  if (fits || unsteady.length === 0) return [whole]
  const others = making.filter(({service}) => service === undefined)
  return [withMaking(others), ...unsteady.map(one => `  ${paint.dim(formatMaking([one], now))}`)]
}

/** Stacks at work first, as many as there is room for, in their order. */
function fitInto(stacks: readonly StackView[], lines: readonly string[][], room: number): string[] {
  const rank = ({making}: StackView) => (making.length > 0 ? 0 : 1)
  let left = room
  const chosen = stacks
    .map((stack, index) => ({rank: rank(stack), index}))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .filter(({index}) => {
      const isIn = left > 0
      left -= lines[index]?.length ?? 0
      return isIn
    })
    .map(({index}) => index)
  return lines.flatMap((one, index) => (chosen.includes(index) ? one : [])).slice(0, room)
}
