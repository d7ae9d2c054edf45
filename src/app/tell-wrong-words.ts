import {asksForJson} from '../command-words.js'
import {hasAnswered} from '../early-signals.js'
import type {McpgwError} from '../errors.js'
import {paint} from '../report/paint.js'
import {printJson, printText} from '../report/print.js'
import {failureDocument} from './failure-document.js'
import {failureText} from './failure-text.js'
import type {KnownWords} from './wrong-words.js'

/** What matters here of oclif's configuration. */
interface Commands {
  readonly commands: readonly {readonly id: string; readonly flags: Readonly<Record<string, unknown>>}[]
  readonly topics: readonly {readonly name: string}[]
}

/** The commands and topics that there are, as people write them. */
export function knownWords({commands, topics}: Commands): KnownWords {
  const spaced = (id: string) => id.replaceAll(':', ' ')
  return {
    commands: commands.map(({id}) => spaced(id)),
    topics: topics.map(({name}) => spaced(name)),
    flagsOf: name => Object.keys(commands.find(({id}) => spaced(id) === name)?.flags ?? {}),
  }
}

/** Tells, before there is a command, what is wrong with the words, in the form that every failure has. */
export function tellWrongWords(failure: McpgwError, argv: readonly string[]): void {
  hasAnswered()
  process.exitCode = failure.exitCode
  if (asksForJson(argv, process.env)) printJson(process.stdout, failureDocument(failure))
  else {
    const {red} = paint({stream: process.stderr, noColor: false})
    printText(process.stderr, failureText(failure, {verbose: false, red}))
  }
}
