import {Command} from '@oclif/core/command'
import type {McpgwError} from '../../errors.js'

/** What a command hands back: a document for machines, words for people, and how it went. */
export interface Outcome {
  /** What `--json` prints. */
  document: unknown
  /** What a person reads on standard output. */
  text: string
  exitCode: number
}

/**
 * The base of every command: one result or one failure, printed once, in the form that was asked for. With
 * `--json` standard output carries exactly one document; everything else goes to standard error.
 */
export abstract class BaseCommand extends Command {
  /** The command's work. Throws a `McpgwError` for every failure that it foresees. */
  protected abstract perform(): Promise<Outcome>

  override async run(): Promise<void> {
    try {
      const outcome = await this.perform()
      process.exitCode = outcome.exitCode
      if (this.jsonEnabled()) print(process.stdout, JSON.stringify(outcome.document, null, 2))
      else if (outcome.text !== '') print(process.stdout, outcome.text)
    } catch (error) {
      await this.report(error)
    }
  }

  /** Known before the flags are parsed, because a wrong flag is reported in JSON too. */
  override jsonEnabled(): boolean {
    const end = this.argv.indexOf('--')
    const flags = end === -1 ? this.argv : this.argv.slice(0, end)
    return flags.includes('--json') || isOn(process.env.MCPGW_JSON)
  }

  private async report(error: unknown): Promise<void> {
    const {asFailure, failureDocument, failureText} = await import('./failure.js')
    const failure: McpgwError = asFailure(error)
    process.exitCode = failure.exitCode
    if (this.jsonEnabled()) {
      print(process.stdout, JSON.stringify(failureDocument(failure), null, 2))
      return
    }
    const {paint} = await import('../../report/paint.js')
    const verbose = this.argv.includes('--verbose') || this.argv.includes('-v')
    const {red} = paint({stream: process.stderr, noColor: this.argv.includes('--no-color')})
    print(process.stderr, failureText(failure, {verbose, red}))
  }
}

function print(stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${text}\n`)
}

function isOn(value: string | undefined): boolean {
  return value === 'true' || value === '1'
}
