import {Command} from '@oclif/core/command'
import type {Input, ParserOutput} from '@oclif/core/interfaces'
import {asksForJson, booleanWord} from '../command-words.js'
import {cannotGoOn, hasAnswered} from '../early-signals.js'
import type {McpgwError} from '../errors.js'
import {withBooleanVariables} from '../input/boolean-variables.js'
import {checkLengths} from '../input/longest-value.js'
import {knownVariables, refuseMisspelled} from '../input/misspelled-variables.js'
import {withRepeatedVariables} from '../input/repeated-variables.js'
import {printJson, printText} from '../report/print.js'
import {visible} from '../visible.js'
import {answerBy} from './answer.js'
import {lastWords} from './finish-recording.js'
import {outliveClosedPipes} from './ignore-epipe.js'

/** What a command hands back: a document for machines, words for people, and how it went. */
export interface Outcome {
  /** What `--json` prints; undefined when the command has printed it already. */
  document: unknown
  /** What a person reads on standard output. */
  text: string
  /** The text is a value for a program: it stays as it is where no terminal shows it. */
  isValue?: boolean
  exitCode: number
}

/** What a parser hands back, by name. */
type Values = Record<string, unknown>

/**
 * The base of every command: one result or one failure, printed once, in the form that was asked for. With
 * `--json` standard output carries exactly one document; everything else goes to standard error.
 */
export abstract class BaseCommand extends Command {
  /** The command's work. Throws a `McpgwError` for every failure that it foresees. */
  protected abstract perform(): Promise<Outcome>

  #isAnswered = false

  override async run(): Promise<void> {
    outliveClosedPipes([process.stdout, process.stderr])
    answerBy(error => this.report(error))
    try {
      checkLengths(this.argv, process.env)
      refuseMisspelled(process.env, knownVariables(this.config.commands))
      // Before anything is done, also by a command that would not ask for its flags at once.
      withBooleanVariables(this.ctor.flags, process.env)
      // Libraries that draw look at the variable, not at our flag.
      if (this.argv.includes('--no-color') || isOn('MCPGW_NO_COLOR')) process.env.NO_COLOR = '1'
      await this.checkRehearsal()
      const outcome = await this.perform()
      // Who was interrupted a second time has been told how it ended.
      if (!this.#mayAnswer()) return
      process.exitCode = outcome.exitCode
      const kept = lastWords(outcome.exitCode, null)
      if (!this.jsonEnabled()) printOutcome(outcome)
      else if (outcome.document !== undefined) printJson(process.stdout, outcome.document)
      if (kept?.run && outcome.exitCode !== 0) printText(process.stderr, `Kept:  ${visible(kept.run.folder)}`)
    } catch (error) {
      // Wrong flags are reported here like every failure; oclif would complain that nobody parsed them.
      this.parsed = true
      // Where what tells it cannot be loaded either, fewer words are left.
      await this.report(error).catch(cannotGoOn)
    }
  }

  /**
   * As oclif does it, but a repeatable flag takes more than one value from its variable, a boolean one takes every usual
   * word, and nobody contradicts himself.
   */
  protected override async parse<Flags extends Values, Base extends Values, Args extends Values>(
    options?: Input<Flags, Base, Args>,
    argv = this.argv,
  ): Promise<ParserOutput<Flags, Base, Args>> {
    if (!options?.flags) return super.parse(options, argv)
    const words = withRepeatedVariables(argv, options.flags, process.env)
    const flags = withBooleanVariables(words.flags, process.env)
    const parsed = await super.parse({...options, flags}, words.argv)
    const {refuseContradictoryFlags} = await import('../input/contradictory-flags.js')
    refuseContradictoryFlags(parsed.raw)
    return parsed
  }

  /** Known before the flags are parsed, because a wrong flag is reported in JSON too. */
  override jsonEnabled(): boolean {
    return asksForJson(this.argv, process.env)
  }

  /**
   * Somebody who sets the speed of a rehearsal means to rehearse: going on in AWS would be a bad surprise. A
   * variable is a setting for rehearsals to come, and harms nobody.
   */
  private async checkRehearsal(): Promise<void> {
    const setting = this.argv.find(argument => argument.startsWith('--rehearse-'))
    if (setting === undefined || this.argv.includes('--rehearse') || isOn('MCPGW_REHEARSE')) return
    const {invalidInput} = await import('../errors.js')
    const flag = setting.replace(/=.*/, '')
    throw invalidInput('USAGE', `${flag} is for rehearsals only.`, `Add --rehearse, or leave ${flag} out.`)
  }

  /** Whether nobody has told yet how it ended: who asks does so in the same turn. */
  #mayAnswer(): boolean {
    if (this.#isAnswered) return false
    this.#isAnswered = true
    hasAnswered()
    return true
  }

  private async report(error: unknown): Promise<void> {
    const [{asFailure, failureDocument, failureText}, {paint}] = await Promise.all([
      import('./failure.js'),
      import('../report/paint.js'),
    ])
    // Whoever was quicker has said it: there is one document.
    if (!this.#mayAnswer()) return
    const failure: McpgwError = asFailure(error)
    process.exitCode = failure.exitCode
    const kept = lastWords(failure.exitCode, failureDocument(failure).error)
    if (this.jsonEnabled()) {
      printJson(process.stdout, failureDocument(failure, kept))
      return
    }
    const verbose = this.argv.includes('--verbose') || this.argv.includes('-v') || isOn('MCPGW_VERBOSE')
    const {red} = paint({stream: process.stderr, noColor: false})
    const columns = process.stderr.isTTY ? process.stderr.columns : undefined
    printText(process.stderr, failureText(failure, {verbose, red, columns, kept}))
  }
}

function printOutcome({text, isValue = false}: Outcome): void {
  if (isValue && process.stdout.isTTY !== true) process.stdout.write(`${text}\n`)
  else printText(process.stdout, text)
}

/** For what is known before the flags are parsed; a word that is neither is reported once, and counts as off here. */
function isOn(name: string): boolean {
  return booleanWord(process.env[name]) === true
}
