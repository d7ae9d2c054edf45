import type {Hook} from '@oclif/core/interfaces'
import {failureDocument, failureText} from '../commands/shared/failure.js'
import {invalidInput} from '../errors.js'
import {paint} from '../report/paint.js'

/**
 * What mcpgw answers to a command that it does not have, in the form that every failure has. oclif joins the words
 * it cannot place to one id: `mcpgw deploy demo` arrives as `deploy:demo`.
 */
const commandNotFound: Hook.CommandNotFound = async ({id, argv = [], config}) => {
  const words = id.split(':')
  const command = words.find((_, index) => config.findCommand(words.slice(0, index + 1).join(':')))
  const extra = words.filter(word => word !== command).join(' ')
  const failure =
    command === undefined
      ? invalidInput(
          'USAGE',
          `mcpgw has no command ${words.join(' ')}.`,
          'Run `mcpgw --help` to see its commands.',
        )
      : invalidInput(
          'USAGE',
          `mcpgw ${command} takes no argument ${extra}.`,
          `An environment is named by a flag: mcpgw ${command} --environment ${extra}.`,
        )
  process.exitCode = failure.exitCode
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(failureDocument(failure), null, 2)}\n`)
  else {
    const {red} = paint({stream: process.stderr, noColor: false})
    process.stderr.write(`${failureText(failure, {verbose: false, red})}\n`)
  }
}

export default commandNotFound
