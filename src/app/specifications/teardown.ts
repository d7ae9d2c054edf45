import {teardownText} from '../../report/teardown-text.js'
import {savedLines, whatGoesText} from '../../report/what-goes-text.js'
import type {TeardownForecast, TeardownResult} from '../../results.js'
import type {TeardownContext} from '../../steps/teardown/context.js'
import {whatGoes} from '../../steps/teardown/what-goes.js'
import {visibleIn} from '../../visible.js'
import {foreseeTeardown, isProved, teardown, teardownSurvey} from '../../workflows/teardown.js'
import {certificateNote, writeCertificate} from '../certificate.js'
import {commandLineFor} from '../command-line.js'
import {showAndConfirm} from '../confirm.js'
import {deletionText} from '../deletion-text.js'
import {clearedLines, headStartLines} from '../head-start-lines.js'
import {type RemovalFlags, removalOf} from '../removal.js'
import type {SecretsFlags} from '../secrets-flags.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags &
  SecretsFlags &
  RemovalFlags & {
    yes: boolean
    timeout: string
    'account-alias': string | undefined
    prove: boolean
  }

/** `mcpgw teardown`: looks, asks, removes, proves. */
export const teardownCommand: CommandSpecification<Flags, TeardownContext, TeardownResult> = {
  name: 'teardown',
  follows: true,
  account: ({prove}) => (prove ? undefined : 'confirmed'),
  // Whoever goes on where this run had to stop wants the snapshot as much.
  commandLine: flags => {
    const commandLine = commandLineFor(flags)
    const kept = (
      ['keep-snapshot', 'delete-foreign', 'lift-protection', 'express', 'force-delete-stack'] as const
    ).filter(name => flags[name])
    const again = kept.map(name => ` --${name}`).join('')
    return command => `${commandLine(command)}${command === 'teardown' ? again : ''}`
  },
  read: flags => removalOf(flags, {provesOnly: flags.prove}),
  mustConfirm: ({environment, prove, 'dry-run': isDry}, commandLine) =>
    prove || isDry ? undefined : {what: `Tearing down ${environment}`, command: commandLine('teardown')},
  recorded: ({express}) => ({command: 'teardown', isExpress: express}),
  survey: teardownSurvey,
  async confirm(flags, context, signal) {
    if (flags.prove) return
    const {existingStacks = [], leftovers = [], environment} = context
    if (flags['dry-run'] || existingStacks.length + leftovers.length === 0) return
    const text = await deletionText(
      'This will be deleted for good',
      {...context, existingStacks},
      context.deleteForeign
        ? 'What of it is an endpoint, an unused network interface or a security group is deleted, too:'
        : 'It stays, and with it the VPC, unless you delete it first or add --delete-foreign:',
      [...headStartLines(context), ...clearedLines(context), ...savedLines(whatGoes(context).stopsCosting)],
    )
    await showAndConfirm(flags, {text, name: environment, signal})
  },
  async work(context, running, flags) {
    if (flags['dry-run']) return foreseeTeardown(context)
    const result = await teardown(context, running)
    if (flags.certificate !== undefined) await writeCertificate(flags.certificate, result, {flags, context})
    return result
  },
  words(result, {flags, context, paint}) {
    const {aws, clock, provesOnly} = context
    if (result.forecast !== null) return forecastWords(result, result.forecast)
    const text = teardownText(result, {region: aws.region, paint, clock, provesOnly})
    return flags.certificate === undefined ? text : {text, note: certificateNote(flags.certificate, result)}
  },
  exitCode: result => (isProved(result) ? 0 : 1),
}

function forecastWords(result: TeardownResult, forecast: TeardownForecast): string {
  const parts = [
    whatGoesText(visibleIn(forecast), result),
    result.elsewhere,
    result.next && `Next: ${result.next}`,
  ]
  return parts.filter(Boolean).join('\n\n')
}
