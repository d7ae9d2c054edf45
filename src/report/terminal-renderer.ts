import {type DefaultRenderer, Listr, ListrLogger, type ListrTaskWrapper, type SimpleRenderer} from 'listr2'
import type {Clock} from '../clock.js'
import type {ProgressEvent} from '../progress.js'
import {fittedRenderer} from './fitted-renderer.js'
import {foldText} from './fold.js'
import {liveLines} from './live-lines.js'
import {LiveOutput} from './live-output.js'
import type {Paint} from './paint.js'
import {ProgressModel} from './progress-model.js'
import type {Renderer} from './renderer.js'
import {type Row, rowOf} from './terminal-row.js'
import {columnsOf} from './terminal-size.js'
import {formatTook} from './words.js'

/** Real milliseconds between two drawings while nothing is heard: the elapsed seconds keep counting. */
const refreshMs = 500
/** Columns that the library needs beside a line under a step. */
const indentColumns = 6
/** Where the terminal is narrower, lines are cut. */
const shortestLine = 40
/** Lines kept under a step that has ended. */
const keptNotes = 8

/** What listr2 hands to a task. */
export type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>

/** The live screen. listr2 only draws: its tasks wait for what is told and do nothing themselves. */
export class TerminalRenderer implements Renderer {
  readonly #model = new ProgressModel()
  readonly #options: {clock: Clock; paint: Paint; rows(): number}
  #rows = new Map<string, Row>()
  #drawing: Promise<unknown> = Promise.resolve()
  #hasDrawn = false
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
        this.#draw(event.steps)
        break
      case 'step-started':
        this.#current = this.#rows.get(event.id)
        this.#running = [...this.#rows.keys()].indexOf(event.id)
        this.#startedAt = this.#options.clock.now()
        break
      case 'step-skipped':
        this.#rows.get(event.id)?.end({kind: 'skipped', reason: event.reason})
        break
      case 'step-finished':
        this.#finish({kind: 'finished', seconds: event.seconds})
        break
      case 'step-failed':
        this.#current ??= this.#rows.get(event.id)
        this.#finish({kind: 'failed'})
        break
      case 'note':
        this.#current?.notes.push(event.text)
        this.#refresh()
        break
      default:
        this.#refresh()
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    process.stdout.off('resize', this.#refresh)
    // A run that was cut off between two steps leaves rows that nobody will finish.
    for (const row of this.#rows.values()) row.end({kind: 'failed'})
    await this.#drawing
  }

  #draw(steps: readonly {id: string; title: string}[]): void {
    this.#rows = new Map(steps.map(({id, title}) => [id, rowOf(title)]))
    const tasks = [...this.#rows.values()].map(row => ({
      title: row.title,
      rendererOptions: {persistentOutput: true, outputBar: 1},
      task: (_: unknown, task: Task) => show(row, task, this.#options.clock),
    }))
    this.#running = 0
    // One workflow after another: the library takes the terminal as it finds it, and so not before the last one has let go of it.
    const draw = () =>
      this.#list(tasks)
        .run()
        .catch(() => undefined)
    this.#drawing = this.#hasDrawn ? this.#drawing.then(draw) : draw()
    this.#hasDrawn = true
    clearInterval(this.#timer)
    this.#timer = setInterval(this.#refresh, refreshMs)
    this.#timer.unref()
    process.stdout.off('resize', this.#refresh)
    process.stdout.on('resize', this.#refresh)
  }

  #list(tasks: ConstructorParameters<typeof Listr>[0]) {
    return new Listr(tasks, {
      // Ours end the waiting and keep the exit code; listr2's would exit with 127.
      registerSignalListeners: false,
      renderer: fittedRenderer({
        height: () => this.#height(),
        running: () => this.#running,
        paint: this.#options.paint,
      }),
      rendererOptions: {
        logger: new ListrLogger({useIcons: true, toStderr: [], processOutput: new LiveOutput()}),
        collapseErrors: false,
        collapseSkips: true,
        showErrorMessage: false,
        showSkipMessage: false,
        formatOutput: 'truncate',
      },
    })
  }

  /** The cursor is on a line of its own below the last. */
  #height(): number {
    return Math.max(1, this.#options.rows() - 1)
  }

  #refresh = (): void => {
    const current = this.#current
    if (current === undefined) return
    const {clock, paint} = this.#options
    // What has ended can shrink to one line; the titles of this step and of those to come cannot.
    const titles = Math.min(this.#running, 1) + this.#rows.size - this.#running
    const most = Math.max(1, this.#height() - titles)
    const columns = columnsForLines()
    const now = clock.now()
    const live = liveLines(this.#model, {
      now,
      startedAt: this.#startedAt,
      paint,
      most,
      columns,
      label: this.#options.clock.label,
    })
    const notes = lastOf(current.notes, live.length === 0 ? keptNotes : 1).flatMap(note =>
      foldText(note, {width: columns, whole: false}).flatMap(line => pieces(line, columns)),
    )
    current.write([...notes, ...live].slice(0, most))
  }

  #finish(end: Parameters<Row['end']>[0]): void {
    this.#refresh()
    this.#current?.end(end)
    this.#current = undefined
  }
}

/** The newest notes, and where there is room for more than one, how many came before them. */
function lastOf(notes: readonly string[], most: number): readonly string[] {
  if (most === 1 || notes.length <= most) return notes.slice(-most)
  const kept = notes.slice(1 - most)
  return [`… and ${notes.length - kept.length} more before these`, ...kept]
}

/** What a line on the screen may have beside the library's marks and indentation. */
function columnsForLines(): number {
  return Math.max(shortestLine, (columnsOf(process.stdout) ?? 80) - indentColumns)
}

/** A line that is one word too long for the screen, such as an address, which would lose its end. */
function pieces(line: string, columns: number): string[] {
  return line.match(new RegExp(`.{1,${columns}}`, 'gu')) ?? []
}

/** One listr2 task: shows the row until its step has ended, in the way that it ended. */
async function show(row: Row, task: Task, clock: Clock): Promise<void> {
  row.attach(task)
  const end = await row.ended
  switch (end.kind) {
    case 'finished':
      if (end.seconds >= 1) task.title = folded(`${row.title} (${formatTook(end.seconds, clock)})`)
      break
    case 'skipped':
      task.title = folded(`${row.title} (skipped: ${end.reason})`)
      task.skip()
      break
    case 'failed':
      throw new Error(row.title)
  }
}

/** A title that says how its step ended: the end is what would be cut. */
function folded(title: string): string {
  return foldText(title, {width: columnsForLines(), whole: false}).join('\n')
}
