import {Command} from '@oclif/core/command'
import type {Input, ParserOutput} from '@oclif/core/interfaces'
import {asksForJson, booleanWord} from '../command-words.js'
import {cannotContinue} from '../early-signals.js'
import {withBooleanVariables} from '../input/boolean-variables.js'
import {checkLengths} from '../input/longest-value.js'
import {knownVariables, refuseMisspelled} from '../input/misspelled-variables.js'
import {withRepeatedVariables} from '../input/repeated-variables.js'
import type {AwsContext} from '../steps/context.js'
import {answer} from './answer.js'
import type {AboutFlags} from './document-head.js'
import {ignoreEpipe} from './ignore-epipe.js'
import {type Ending, isFailed} from './outcome.js'
import type {CommandSpecification, CommonFlags, LocalFlags, LocalSpecification} from './specification.js'

/** What a parser hands back, by name. */
type Values = Record<string, unknown>

/** The base of every command: one result or one failure, told once, in the form that was asked for. */
export abstract class BaseCommand extends Command {
  /** The flags as they were parsed; without any until then. */
  #given: AboutFlags = {}

  /** The command's work. Throws a `McpgwError` for every failure that it foresees. */
  protected abstract perform(): Promise<Ending>

  override async run(): Promise<void> {
    ignoreEpipe([process.stdout, process.stderr])
    try {
      await answer(await this.#ending(), {json: this.jsonEnabled(), verbose: this.#isVerbose()})
    } catch (error) {
      // Where what tells it cannot be loaded either, fewer words are left.
      cannotContinue(error)
    }
  }

  /**
   * Does what a specification says, with the flags that were given. It is loaded, and with it the workflow and all its
   * steps, when what every command checks of its flags is right.
   */
  protected async runSpecified<Flags extends CommonFlags, Context extends AwsContext, Result>(
    load: () => Promise<CommandSpecification<Flags, Context, Result>>,
    flags: Flags,
  ): Promise<Ending> {
    const {runCommand} = await import('./run-command.js')
    return runCommand(load, flags)
  }

  /** As `runSpecified`, for a command that asks nothing of AWS. */
  protected async runLocal<Flags extends LocalFlags, Result>(
    load: () => Promise<LocalSpecification<Flags, Result>>,
    flags: Flags,
  ): Promise<Ending> {
    const {runLocally} = await import('./run-command.js')
    const {headOfFlags} = await import('./document-head.js')
    const ending = await runLocally(load, flags)
    if (isFailed(ending)) return ending
    return {
      ...ending,
      document: {...(await headOfFlags(flags)), time: 'real time', ...(ending.document as object)},
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
    const [{checkFlagWords}, {refuseContradictoryFlags}] = await Promise.all([
      import('../input/flag-words.js'),
      import('../input/contradictory-flags.js'),
    ])
    checkFlagWords(argv, options.flags)
    const words = withRepeatedVariables(argv, options.flags, process.env)
    const flags = withBooleanVariables(words.flags, process.env)
    const parsed = await super.parse({...options, flags}, words.argv)
    this.#given = parsed.flags as AboutFlags
    refuseContradictoryFlags(parsed.raw)
    return parsed
  }

  /** Known before the flags are parsed, because a wrong flag is reported in JSON too. */
  override jsonEnabled(): boolean {
    return asksForJson(this.argv, process.env)
  }

  async #ending(): Promise<Ending> {
    try {
      checkLengths(this.argv, process.env)
      refuseMisspelled(process.env, knownVariables(this.config.commands))
      // Before anything is done, also by a command that would not ask for its flags at once.
      withBooleanVariables(this.ctor.flags, process.env)
      // Libraries that draw look at the variable, not at our flag.
      if (this.argv.includes('--no-color') || isOn('MCPGW_NO_COLOR')) process.env.NO_COLOR = '1'
      await this.#checkRehearsal()
      return await this.perform()
    } catch (error) {
      // Wrong flags are reported here like every failure; oclif would complain that nobody parsed them.
      this.parsed = true
      const [{asFailure}, {headOfFlags}] = await Promise.all([
        import('./as-failure.js'),
        import('./document-head.js'),
      ])
      return {failure: asFailure(error), head: await headOfFlags(this.#given)}
    }
  }

  /**
   * Somebody who sets the speed of a rehearsal means to rehearse: continuing in AWS would be a bad surprise. A
   * variable is a setting for rehearsals to come, and harms nobody.
   */
  async #checkRehearsal(): Promise<void> {
    const setting = this.argv.find(argument => argument.startsWith('--rehearse-'))
    if (setting === undefined || this.argv.includes('--rehearse') || isOn('MCPGW_REHEARSE')) return
    const {invalidInput} = await import('../errors.js')
    const flag = setting.replace(/=.*/, '')
    throw invalidInput('USAGE', `${flag} is for rehearsals only.`, `Add --rehearse, or leave ${flag} out.`)
  }

  #isVerbose(): boolean {
    return this.argv.includes('--verbose') || this.argv.includes('-v') || isOn('MCPGW_VERBOSE')
  }
}

/** For what is known before the flags are parsed; a word that is neither is reported once, and counts as off here. */
function isOn(name: string): boolean {
  return booleanWord(process.env[name]) === true
}
