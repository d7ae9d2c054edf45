import {Help} from '@oclif/core/help'
import {foldLines} from '../report/fold.js'
import {columnsOf} from '../report/terminal-size.js'

/** oclif does not count the indentation of what a flag means: its lines are two columns too long. */
const margin = 2

/** What `--help` prints: oclif's text, folded between words where the terminal is narrower than its lines. */
export default class FoldedHelp extends Help {
  constructor(
    config: ConstructorParameters<typeof Help>[0],
    options: ConstructorParameters<typeof Help>[1] = {},
  ) {
    const columns = columnsOf(process.stdout)
    super(config, {...(columns !== undefined && {maxWidth: columns - margin}), ...options})
  }

  override formatCommand(command: Parameters<Help['formatCommand']>[0]): string {
    return withoutGaps(super.formatCommand(command))
  }

  protected override log(...args: string[]): void {
    const stream = this.opts.sendToStderr ? process.stderr : process.stdout
    const columns = columnsOf(stream)
    const text = args.join(' ')
    stream.write(`${columns === undefined ? text : foldLines(text, columns)}\n`)
  }
}

/** Where flags exclude each other in several ways, oclif leaves gaps: `[--prove |  | --dry-run]`, `[--certificate FILE | ]`. */
export function withoutGaps(help: string): string {
  return help.replaceAll(/\|(\s+\|)+/g, '|').replaceAll(/(\s+\|)+\s*\]/g, ']')
}
