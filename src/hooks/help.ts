import {Help} from '@oclif/core/help'
import {foldLines} from '../report/fold.js'
import {columnsOf} from '../report/terminal-size.js'

/** oclif does not count the indentation of what a flag means: its lines are two columns too long. */
const margin = 2

/** What oclif takes, and for the pages that the build writes, where they go. */
interface Options extends NonNullable<ConstructorParameters<typeof Help>[1]> {
  /** Otherwise those of the terminal. */
  columns?: number
  /** Otherwise the terminal, or who reads instead. */
  print?(text: string): void
}

/** What `--help` prints: oclif's text, folded between words where the terminal is narrower than its lines. */
export default class FoldedHelp extends Help {
  readonly #columns: number | undefined
  readonly #print: ((text: string) => void) | undefined

  constructor(config: ConstructorParameters<typeof Help>[0], {columns, print, ...options}: Options = {}) {
    const width = columns ?? columnsOf(process.stdout)
    super(config, {...(width !== undefined && {maxWidth: width - margin}), ...options})
    this.#columns = columns
    this.#print = print
  }

  override formatCommand(command: Parameters<Help['formatCommand']>[0]): string {
    return withoutGaps(super.formatCommand(command))
  }

  protected override log(...args: string[]): void {
    const stream = this.opts.sendToStderr ? process.stderr : process.stdout
    const columns = this.#columns ?? columnsOf(stream)
    const text = args.join(' ')
    const line = `${columns === undefined ? text : foldLines(text, columns)}\n`
    if (this.#print === undefined) stream.write(line)
    else this.#print(line)
  }
}

/** Where flags exclude each other in several ways, oclif leaves gaps: `[--prove |  | --dry-run]`, `[--certificate FILE | ]`. */
export function withoutGaps(help: string): string {
  return help.replaceAll(/\|(\s+\|)+/g, '|').replaceAll(/(\s+\|)+\s*\]/g, ']')
}
