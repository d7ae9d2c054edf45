import {certificateForm} from '../../input/certificate-file.js'
import {teardownText} from '../../report/teardown-text.js'
import type {TeardownResult} from '../../results.js'
import type {TeardownContext} from '../../steps/teardown/context.js'
import {isProved, teardown, teardownSurvey} from '../../workflows/teardown.js'
import {certificateNote, writeCertificate} from '../certificate.js'
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
    prove: boolean
    certificate: string | undefined
  }

/** `mcpgw teardown`: looks, asks, removes, proves. */
export const teardownCommand: CommandSpecification<Flags, TeardownContext, TeardownResult> = {
  name: 'teardown',
  follows: true,
  account: ({prove}) => (prove ? undefined : 'confirmed'),
  // Whoever goes on where this run had to stop wants the snapshot as much.
  commandLine: flags => {
    const commandLine = commandLineFor(flags)
    return command =>
      `${commandLine(command)}${command === 'teardown' && flags['keep-snapshot'] ? ' --keep-snapshot' : ''}${command === 'teardown' && flags['delete-foreign'] ? ' --delete-foreign' : ''}`
  },
  read: flags => {
    if (flags.certificate !== undefined) certificateForm(flags.certificate)
    return {
      provesOnly: flags.prove,
      keepSnapshot: flags['keep-snapshot'],
      deleteForeign: flags['delete-foreign'],
      deleteSnapshots: flags['delete-snapshots'],
      cleaned: [],
      remaining: [],
      unknown: [],
    }
  },
  mustConfirm: ({environment, prove}, commandLine) =>
    prove ? undefined : {what: `Tearing down ${environment}`, command: commandLine('teardown')},
  recorded: () => ({command: 'teardown'}),
  survey: teardownSurvey,
  async confirm(flags, context, signal) {
    if (flags.prove) return
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
  async work(context, running, flags) {
    const result = await teardown(context, running)
    if (flags.certificate !== undefined) await writeCertificate(flags.certificate, result, {flags, context})
    return result
  },
  words(result, {flags, context, paint}) {
    const {aws, clock, provesOnly} = context
    const text = teardownText(result, {region: aws.region, paint, clock, provesOnly})
    return flags.certificate === undefined ? text : {text, note: certificateNote(flags.certificate, result)}
  },
  exitCode: result => (isProved(result) ? 0 : 1),
}
