import {teardownText} from '../../report/teardown-text.js'
import type {TeardownResult} from '../../results.js'
import type {TeardownContext} from '../../steps/teardown/context.js'
import {isProved, teardown, teardownSurvey} from '../../workflows/teardown.js'
import {commandLineFor} from '../command-line.js'
import {showAndConfirm} from '../confirm.js'
import {deletionText} from '../deletion-text.js'
import type {SecretsFlags} from '../secrets-flags.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags &
  SecretsFlags & {
    yes: boolean
    timeout: string
    'account-alias': string | undefined
    'keep-snapshot': boolean
    'delete-foreign': boolean
    'delete-snapshots': boolean
  }

/** `mcpgw teardown`: looks, asks, removes, proves. */
export const teardownCommand: CommandSpecification<Flags, TeardownContext, TeardownResult> = {
  name: 'teardown',
  follows: true,
  account: 'confirmed',
  // Whoever goes on where this run had to stop wants the snapshot as much.
  commandLine: flags => {
    const commandLine = commandLineFor(flags)
    return command =>
      `${commandLine(command)}${command === 'teardown' && flags['keep-snapshot'] ? ' --keep-snapshot' : ''}${command === 'teardown' && flags['delete-foreign'] ? ' --delete-foreign' : ''}`
  },
  read: flags => ({
    keepSnapshot: flags['keep-snapshot'],
    deleteForeign: flags['delete-foreign'],
    deleteSnapshots: flags['delete-snapshots'],
    cleaned: [],
    remaining: [],
    unknown: [],
  }),
  mustConfirm: ({environment}, commandLine) => ({
    what: `Tearing down ${environment}`,
    command: commandLine('teardown'),
  }),
  recorded: () => ({command: 'teardown'}),
  survey: teardownSurvey,
  async confirm(flags, context, signal) {
    const {existingStacks = [], leftovers = [], environment} = context
    if (existingStacks.length + leftovers.length === 0) return
    const text = await deletionText(
      'This will be deleted for good',
      {...context, existingStacks},
      context.deleteForeign
        ? 'What of it is an endpoint, an unused network interface or a security group is deleted, too:'
        : 'It stays, and with it the VPC, unless you delete it first or add --delete-foreign:',
    )
    await showAndConfirm(flags, {text, name: environment, signal})
  },
  work: teardown,
  words: (result, {context, paint}) =>
    teardownText(result, {region: context.aws.region, paint, clock: context.clock}),
  exitCode: result => (isProved(result) ? 0 : 1),
}
