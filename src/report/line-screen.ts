import {allLines, changedLines, cutLine, foldedHeight} from './changed-lines.js'
import {screenBegins, screenEnds} from './live-screen.js'
import {canDraw, columnsOf} from './terminal-size.js'

const [hideCursor, showCursor] = ['\u001B[?25l', '\u001B[?25h']

/**
 * Lines at the bottom of the terminal that are drawn over. What others write meanwhile is held back until it ends, so that it
 * does not land in between.
 */
export class LineScreen {
  readonly #terminal = process.stdout
  #drawn: readonly string[] = []
  #size = sizeOf(process.stdout)
  #held: (() => void)[] = []
  #restore: (() => void)[] = []
  #write: (text: string) => void = () => {}

  /** From now on the terminal is ours. */
  begin(): void {
    const write = this.#terminal.write.bind(this.#terminal)
    this.#write = text => void write(text)
    this.#restore = [process.stdout, process.stderr].map(stream => this.#holdBack(stream))
    this.#write(hideCursor)
    screenBegins(this)
  }

  /** Shows these lines, each cut to the width of the terminal; nothing while there is no room for a drawing. */
  draw(lines: readonly string[]): void {
    if (this.#restore.length === 0 || !canDraw(this.#terminal)) return
    const {columns, rows} = sizeOf(this.#terminal)
    const fitting = lines.map(line => cutLine(line, columns))
    const isSameSize = columns === this.#size.columns && rows === this.#size.rows
    const output = isSameSize
      ? changedLines(this.#drawn, fitting)
      : allLines(Math.min(rows - 1, foldedHeight(this.#drawn, columns)), fitting)
    this.#drawn = fitting
    this.#size = {columns, rows}
    if (output !== '') this.#write(output)
  }

  /** Leaves these lines behind, however many they are, and gives the terminal back. */
  end(lines: readonly string[]): void {
    if (this.#restore.length === 0) return
    if (canDraw(this.#terminal)) this.draw(lines)
    else this.#write(`\r\n${lines.map(line => `${line}\r\n`).join('')}`)
    this.release()
  }

  /** Gives the terminal back as it is, and writes out what was held back. */
  release(): void {
    if (this.#restore.length === 0) return
    screenEnds()
    this.#write(showCursor)
    for (const restore of this.#restore.splice(0)) restore()
    for (const written of this.#held.splice(0)) written()
    this.#drawn = []
  }

  #holdBack(stream: NodeJS.WriteStream): () => void {
    const {write} = stream
    const hold = (chunk: string | Uint8Array, ...more: unknown[]) => {
      this.#held.push(() => void stream.write(chunk))
      const done = more.find(one => typeof one === 'function') as (() => void) | undefined
      if (done !== undefined) queueMicrotask(done)
      return true
    }
    stream.write = hold as typeof write
    return () => {
      stream.write = write
    }
  }
}

/** Taken for the size of a terminal that has none. */
const usual = {columns: 80, rows: 24}

function sizeOf(terminal: NodeJS.WriteStream): {columns: number; rows: number} {
  return {columns: columnsOf(terminal) ?? usual.columns, rows: terminal.rows || usual.rows}
}
