import type {Clock} from '../clock.js'
import type {Block} from './fit-screen.js'
import {foldText} from './fold.js'
import type {Marks} from './marks.js'
import type {Paint} from './paint.js'
import {formatTook} from './words.js'

/** How far a step is, as the screen shows it. */
export type RowState =
  | {kind: 'waiting'}
  | {kind: 'running'}
  | {kind: 'finished'; seconds: number}
  | {kind: 'skipped'; reason: string}
  | {kind: 'failed'}

/** A step's place on the screen. */
export interface Row {
  readonly title: string
  readonly notes: string[]
  /** What is under the title now. */
  lines: readonly string[]
  state: RowState
}

export function rowOf(title: string): Row {
  return {title, notes: [], lines: [], state: {kind: 'waiting'}}
}

/** A step as lines; `columns` are those that a line may have. */
export function blockOf(
  {title, lines, state}: Row,
  {marks, paint, columns, clock}: {marks: Marks; paint: Paint; columns: number; clock: Clock},
): Block {
  const below = lines.map(line => `  ${line}`)
  switch (state.kind) {
    case 'waiting':
      return {title: paint.dim(`${marks.waiting} ${title}`), lines: []}
    case 'running':
      return {title: `${paint.yellow(marks.running)} ${title}`, lines: below}
    case 'finished': {
      const took = state.seconds >= 1 ? ` (${formatTook(state.seconds, clock)})` : ''
      const [first, rest] = folded(`${title}${took}`, columns)
      return {title: `${paint.green(marks.done)} ${first}`, lines: [...rest, ...below]}
    }
    case 'skipped': {
      const [first, rest] = folded(`${title} (skipped: ${state.reason})`, columns)
      return {title: `${paint.yellow(marks.skipped)} ${first}`, lines: rest}
    }
    case 'failed':
      return {title: `${paint.red(marks.failed)} ${title} (failed)`, lines: below}
  }
}

/** A title that says how its step ended: the end is what would be cut. */
function folded(title: string, columns: number): [first: string, rest: readonly string[]] {
  const [first = '', ...rest] = foldText(title, {width: columns, whole: false})
  return [first, rest.map(line => `  ${line}`)]
}
