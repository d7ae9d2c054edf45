import {ProcessOutput} from 'listr2'
import {inPlace} from './in-place.js'
import {screenBegins, screenEnds} from './live-screen.js'
import {columnsOf} from './terminal-size.js'

/** Taken for the size of a terminal that has none, or loses it while it is drawn on: libraries count with it. */
const usual = {columns: 80, rows: 24}

/**
 * The terminal under the drawing library. The library takes a copy of its size when it begins and never looks again,
 * and ends every line with a line feed, which scrolls a terminal that has become smaller: each drawing would push
 * its beginning out of reach. This one tells the present size and draws over what was drawn.
 */
export class LiveOutput extends ProcessOutput {
  readonly #terminal = process.stdout
  #drawn: readonly string[] = []
  #columns = widthOf(process.stdout)

  override get stdout(): NodeJS.WriteStream {
    const write = (text: string) => this.stream.stdout.write(this.#draw(text))
    return new Proxy(this.#terminal, {
      get(terminal, member) {
        if (member === 'write') return write
        if (member === 'columns') return widthOf(terminal)
        if (member === 'rows') return terminal.rows || usual.rows
        return Reflect.get(terminal, member)
      },
    })
  }

  override hijack(): void {
    super.hijack()
    screenBegins(this)
  }

  override release(): void {
    if (!this.active) return
    screenEnds()
    super.release()
  }

  #draw(text: string): string {
    const columns = widthOf(this.#terminal)
    const folded = columns < this.#columns ? foldedLines(this.#drawn, columns) : 0
    const {output, lines} = inPlace(text, folded)
    this.#drawn = lines
    this.#columns = columns
    return output
  }
}

/** How many lines more these take in a terminal that has become narrower. */
function foldedLines(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(0, Math.ceil(line.length / columns) - 1), 0)
}

function widthOf(terminal: NodeJS.WriteStream): number {
  return columnsOf(terminal) ?? usual.columns
}
