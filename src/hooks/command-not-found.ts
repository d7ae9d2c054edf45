import type {Hook} from '@oclif/core/interfaces'
import {failureDocument} from '../app/failure-document.js'
import {failureText} from '../app/failure-text.js'
import {asksForJson} from '../command-words.js'
import {hasAnswered} from '../early-signals.js'
import {invalidInput} from '../errors.js'
import {paint} from '../report/paint.js'
import {printJson, printText} from '../report/print.js'

/**
 * What mcpgw answers to a command that it does not have, in the form that every failure has. oclif joins the words
 * it cannot place to one id: `mcpgw deploy demo` arrives as `deploy:demo`.
 */
const commandNotFound: Hook.CommandNotFound = async ({id, argv = [], config}) => {
  const words = id.split(':')
  const commandOf = (count: number) => config.findCommand(words.slice(0, count).join(':'))
  const count = words.findIndex((_, index) => commandOf(index + 1)) + 1
  const failure =
    count === 0
      ? invalidInput(
          'USAGE',
          `mcpgw has no command ${words.join(' ')}.`,
          'Run `mcpgw --help` to see its commands.',
        )
      : takesNoArgument(
          words.slice(0, count).join(' '),
          words.slice(count).join(' '),
          Object.keys(commandOf(count)?.flags ?? {}),
        )
  hasAnswered()
  process.exitCode = failure.exitCode
  if (asksForJson(argv, process.env)) printJson(process.stdout, failureDocument(failure))
  else {
    const {red} = paint({stream: process.stderr, noColor: false})
    printText(process.stderr, failureText(failure, {verbose: false, red}))
  }
}

function takesNoArgument(command: string, extra: string, flags: readonly string[]) {
  const hint = flags.includes('environment')
    ? `An environment is named by a flag: mcpgw ${command} --environment ${extra}.`
    : `Run \`mcpgw ${command} --help\` to see its flags.`
  return invalidInput('USAGE', `mcpgw ${command} takes no argument ${extra}.`, hint)
}

export default commandNotFound
