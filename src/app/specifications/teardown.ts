import {forecastText} from '../../report/forecast-text.js'
import {teardownText} from '../../report/teardown-text.js'
import type {TeardownResult} from '../../results.js'
import type {TeardownContext} from '../../steps/teardown/context.js'
import {foreignWords} from '../../steps/teardown/foreign.js'
import {visible} from '../../visible.js'
import {isProved, teardown, teardownSurvey} from '../../workflows/teardown.js'
import {commandLineFor} from '../command-line.js'
import {showAndConfirm} from '../confirm.js'
import {existingStacksText} from '../existing-stacks-text.js'
import type {SecretsFlags} from '../secrets-flags.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags &
  SecretsFlags & {
    yes: boolean
    timeout: string
    'account-alias': string | undefined
    'keep-snapshot': boolean
    'delete-foreign': boolean
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
    const stacks = await existingStacksText('This will be deleted for good', context, existingStacks)
    const left = leftovers.map(({kind, name}) =>
      visible(`  ${kind} ${name}, which an update could not delete`),
    )
    const forecast = context.forecast === undefined ? [] : forecastText(context.forecast)
    const text = [stacks, ...left, ...forecast.map(visible), ...foreignLines(context)].join('\n')
    await showAndConfirm(flags, {text, name: environment, signal})
  },
  work: teardown,
  words: (result, {context, paint}) =>
    teardownText(result, {region: context.aws.region, paint, clock: context.clock}),
  exitCode: result => (isProved(result) ? 0 : 1),
}

/** What others put into the VPC, and what will become of it: without it the network stays. */
function foreignLines({foreign = [], deleteForeign}: TeardownContext): string[] {
  if (foreign.length === 0) return []
  const fate = deleteForeign
    ? 'What of it is an endpoint, an unused network interface or a security group is deleted, too:'
    : 'It stays, and with it the VPC, unless you delete it first or add --delete-foreign:'
  return [
    `Others have put something into the VPC. ${fate}`,
    ...foreign.map(each => visible(`  ${foreignWords(each)}`)),
  ]
}
