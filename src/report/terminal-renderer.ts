import type {Clock} from '../clock.js'
import type {ProgressEvent} from '../progress.js'
import {DrawingRate} from './drawing-rate.js'
import {fitScreen} from './fit-screen.js'
import {foldText} from './fold.js'
import {LineScreen} from './line-screen.js'
import {liveLines} from './live-lines.js'
import {noticeLines} from './live-screen.js'
import {marksFor} from './marks.js'
import type {Paint} from './paint.js'
import {ProgressModel} from './progress-model.js'
import type {Renderer} from './renderer.js'
import {blockOf, type Row, type RowState, rowOf} from './step-rows.js'
import {columnsOf} from './terminal-size.js'

/** Real milliseconds between two drawings while nothing is heard: the elapsed seconds keep counting. */
const refreshMs = 500
/** Columns that stand before a line under a step. */
const indentColumns = 2
/** Where the terminal is narrower, lines are cut. */
const shortestLine = 40
/** Lines kept under a step that has ended. */
const keptNotes = 8

/** One screen, however many workflows are drawn on it one after the other. */
const rate = new DrawingRate()

/** The live screen: the steps, and under the one that runs what is happening. Draws what has changed, four times a second at most. */
export class TerminalRenderer implements Renderer {
  readonly #model = new ProgressModel()
  readonly #options: {clock: Clock; paint: Paint; rows(): number}
  readonly #marks = marksFor(process.env)
  #screen: LineScreen | undefined
  #rows = new Map<string, Row>()
  #current: Row | undefined
  /** Index of the step that runs, or ran last. */
  #running = 0
  #startedAt = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: {clock: Clock; paint: Paint; rows(): number}) {
    this.#options = options
  }

  tell = (event: ProgressEvent): void => {
    this.#model.hear(event)
    switch (event.kind) {
      case 'workflow-started':
        this.#begin(event.steps)
        break
      case 'step-started':
        this.#current = this.#rows.get(event.id)
        if (this.#current !== undefined) this.#current.state = {kind: 'running'}
        this.#running = [...this.#rows.keys()].indexOf(event.id)
        this.#startedAt = this.#options.clock.now()
        break
      case 'step-skipped': {
        const row = this.#rows.get(event.id)
        if (row !== undefined) row.state = {kind: 'skipped', reason: event.reason}
        break
      }
      case 'step-finished':
        this.#finish({kind: 'finished', seconds: event.seconds})
        break
      case 'step-failed':
        this.#current ??= this.#rows.get(event.id)
        this.#finish({kind: 'failed'})
        break
      case 'note':
        this.#current?.notes.push(event.text)
        break
      default:
    }
    this.#refresh()
  }

  async close(): Promise<void> {
    this.#end()
  }

  #begin(steps: readonly {id: string; title: string}[]): void {
    this.#end()
    this.#rows = new Map(steps.map(({id, title}) => [id, rowOf(title)]))
    this.#running = 0
    this.#screen = new LineScreen()
    this.#screen.begin()
    this.#timer = setInterval(this.#refresh, refreshMs)
    this.#timer.unref()
    process.stdout.on('resize', this.#refresh)
  }

  /** Leaves behind how every step ended. */
  #end(): void {
    clearInterval(this.#timer)
    process.stdout.off('resize', this.#refresh)
    rate.forget()
    // A run that was cut off leaves the step that it was at.
    if (this.#current !== undefined) this.#finish({kind: 'failed'})
    this.#screen?.end(this.#blocks().flatMap(({title, lines}) => [title, ...lines]))
    this.#screen = undefined
  }

  #refresh = (): void => rate.draw(() => this.#draw())

  #draw(): void {
    if (this.#current !== undefined) this.#layOut(this.#current)
    const below = noticeLines()
    const height = this.#height()
    const lines = fitScreen(this.#blocks(), {
      running: this.#running,
      height: Math.max(1, height - below.length),
      collapsed: steps => `${this.#options.paint.green(this.#marks.done)} ${steps} steps done`,
    })
    this.#screen?.draw([...lines, ...below].slice(0, height))
  }

  #blocks() {
    const {paint, clock} = this.#options
    const options = {marks: this.#marks, paint, clock, columns: columnsForLines()}
    return Array.from(this.#rows.values(), row => blockOf(row, options))
  }

  /** The cursor is on a line of its own below the last. */
  #height(): number {
    return Math.max(1, this.#options.rows() - 1)
  }

  /** What is under a step at this moment. */
  #layOut(current: Row): void {
    const {clock, paint} = this.#options
    // What has ended can shrink to one line; the titles of this step and of those to come cannot.
    const titles = Math.min(this.#running, 1) + this.#rows.size - this.#running
    const most = Math.max(1, this.#height() - titles)
    const columns = columnsForLines()
    const live = liveLines(this.#model, {
      now: clock.now(),
      startedAt: this.#startedAt,
      paint,
      marks: this.#marks,
      most,
      columns,
      label: clock.label,
    })
    const notes = lastOf(current.notes, live.length === 0 ? keptNotes : 1).flatMap(note =>
      foldText(note, {width: columns, whole: false}).flatMap(line => pieces(line, columns)),
    )
    current.lines = [...notes, ...live].slice(0, most)
  }

  #finish(state: RowState): void {
    if (this.#current === undefined) return
    this.#layOut(this.#current)
    this.#current.state = state
    this.#current = undefined
  }
}

/** The newest notes, and where there is room for more than one, how many came before them. */
function lastOf(notes: readonly string[], most: number): readonly string[] {
  if (most === 1 || notes.length <= most) return notes.slice(-most)
  const kept = notes.slice(1 - most)
  return [`… and ${notes.length - kept.length} more before these`, ...kept]
}

/** What a line under a step may have. */
function columnsForLines(): number {
  return Math.max(shortestLine, (columnsOf(process.stdout) ?? 80) - indentColumns)
}

/** A line that is one word too long for the screen, such as an address, which would lose its end. */
function pieces(line: string, columns: number): string[] {
  return line.match(new RegExp(`.{1,${columns}}`, 'gu')) ?? []
}
