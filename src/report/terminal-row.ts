/** How a step ended, as the screen shows it. */
export type RowEnd =
  | {kind: 'finished'; seconds: number}
  | {kind: 'skipped'; reason: string}
  | {kind: 'failed'}

/** A step's place on the screen. Steps can be faster than the drawing: what is written before it starts is kept. */
export interface Row {
  readonly title: string
  readonly notes: string[]
  /** What is under the title now. */
  lines: readonly string[]
  readonly ended: Promise<RowEnd>
  /** Only the first end counts. */
  end(how: RowEnd): void
  write(lines: readonly string[]): void
  attach(task: {output: string}): void
}

export function rowOf(title: string): Row {
  let resolve: (end: RowEnd) => void = () => {}
  let task: {output: string} | undefined
  const row: Row = {
    title,
    notes: [],
    lines: [],
    ended: new Promise(done => {
      resolve = done
    }),
    end: how => resolve(how),
    write(lines) {
      row.lines = lines
      if (task !== undefined && lines.length > 0) task.output = lines.join('\n')
    },
    attach(drawn) {
      task = drawn
      row.write(row.lines)
    },
  }
  return row
}
