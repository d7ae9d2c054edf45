import {templatesFolder} from '../../environment/templates.js'
import {type DeployFlags, readDeploySettings} from '../../input/deploy-input.js'
import type {GivenParameter, GivenParameters} from '../../input/given-parameter.js'
import {readTemplateFolder} from '../../input/template-folder.js'
import {runsFolder} from '../../recorder/runs-folder.js'
import {keptText, resetForecastText, resetText} from '../../report/reset-text.js'
import type {ResetResult} from '../../results.js'
import {requireContext} from '../../steps/context.js'
import type {Kept, ResetContext} from '../../steps/reset/context.js'
import {visible} from '../../visible.js'
import {foreseeReset, reset, resetSurvey} from '../../workflows/reset.js'
import {certificateNote, writeCertificate} from '../certificate.js'
import {deployCommandLineFor} from '../command-line.js'
import {showAndConfirm} from '../confirm.js'
import {confirmLosses} from '../confirm-losses.js'
import {deletionText} from '../deletion-text.js'
import {clearedLines, headStartLines} from '../head-start-lines.js'
import {type RemovalFlags, removalOf} from '../removal.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags &
  Omit<DeployFlags, 'layout'> &
  RemovalFlags & {
    layout: string | undefined
    yes: boolean
    'account-alias': string | undefined
    'allow-remaining': boolean
  }

/** `mcpgw reset`: looks, asks, removes, proves, deploys again. */
export const resetCommand: CommandSpecification<Flags, ResetContext, ResetResult> = {
  name: 'reset',
  follows: true,
  account: 'confirmed',
  commandLine(flags, mask) {
    const commandLine = deployCommandLineFor({...flags, layout: flags.layout ?? 'nested'}, mask)
    const again = repeated.filter(name => flags[name]).map(name => ` --${name}`)
    return command => `${commandLine(command)}${command === 'reset' ? again.join('') : ''}`
  },
  read(flags, given) {
    const removal = removalOf(flags, {provesOnly: false})
    readDeploySettings({...flags, layout: flags.layout ?? 'nested', express: false}, given, {isPart: true})
    return {
      runsFolder: runsFolder(),
      removal,
      allowRemaining: flags['allow-remaining'],
      startOver: flags.replace,
      settle: kept => readDeploySettings({...flags, ...flagsOf(flags, given, kept)}, over(kept, given)),
    }
  },
  mustConfirm: ({environment, 'dry-run': isDry}, commandLine) =>
    isDry ? undefined : {what: `Resetting ${environment}`, command: commandLine('reset')},
  recorded: ({removal}) => ({command: 'reset', isExpress: removal.express}),
  survey: resetSurvey(() => readTemplateFolder(templatesFolder())),
  async confirm(flags, context, signal) {
    if (flags['dry-run']) return
    const {deploy, phase, environment, stackIds = []} = context
    if (phase === 'deploy') return confirmLosses(flags, requireContext(deploy, 'what to deploy'), signal)
    const teardown = requireContext(context.teardown, 'what goes')
    const {existingStacks = [], leftovers = []} = teardown
    const isNothing = existingStacks.length + leftovers.length === 0
    // An earlier run was told to go that far.
    if (isNothing && stackIds.length > 0) return
    const again = keptText(requireContext(context.told, 'what is kept'), context.deploySeconds ?? null)
    const text = isNothing
      ? [visible(`Nothing of ${environment} exists in region ${context.aws.region}.`), ...again].join('\n')
      : await deletionText(
          'This will be deleted for good and deployed again, empty',
          {...teardown, existingStacks},
          teardown.deleteForeign
            ? 'What of it is an endpoint, an unused network interface or a security group is deleted, too:'
            : 'It stays, and with it the VPC, unless you delete it first or add --delete-foreign:',
          [...headStartLines(teardown), ...clearedLines(teardown), ...again],
        )
    await showAndConfirm(flags, {text, name: environment, signal})
  },
  async work(context, running, flags) {
    if (flags['dry-run']) return foreseeReset(context)
    const {certificate} = flags
    if (certificate === undefined) return reset(context, running)
    const teardown = {...requireContext(context.teardown, 'what goes'), commandLine: context.commandLine}
    return reset(context, {
      ...running,
      onProved: result => writeCertificate(certificate, result, {flags, context: teardown}),
    })
  },
  words(result, {flags, context, paint}) {
    if (flags['dry-run']) return resetForecastText(result)
    const text = resetText(result, {
      commandLine: context.commandLine,
      paint,
      clock: context.clock,
      region: context.aws.region,
      verbose: flags.verbose,
      endpoint: context.aws.endpoint,
      keycloakUser: context.deploy?.parameters?.KeycloakAdminUsername ?? 'admin',
    })
    const {teardown} = result
    if (flags.certificate === undefined || teardown === null) return text
    return {text, note: certificateNote(flags.certificate, teardown)}
  },
  exitCode: result => (result.next === null || isForecast(result) ? 0 : 1),
}

/** Whoever goes on where this run had to stop wants them as much. */
const repeated = [
  'keep-snapshot',
  'delete-foreign',
  'lift-protection',
  'delete-snapshots',
  'force-delete-stack',
  'allow-remaining',
] as const

function isForecast({teardown, deploy}: ResetResult): boolean {
  return deploy === null && (teardown === null || teardown.forecast !== null)
}

/** What was given in this run counts; `UsePreviousValue` asks for what is kept. */
function over(kept: Kept, given: GivenParameters): GivenParameters {
  const before = Object.entries(kept.parameters).map(([name, value]): [string, GivenParameter] => [
    name,
    {name, value, from: 'what is kept of the stacks'},
  ])
  const now = [...given].filter(
    ([name, {usesPrevious}]) => !(usesPrevious && Object.hasOwn(kept.parameters, name)),
  )
  return new Map([...before, ...now])
}

/** The flags for what is kept and is no parameter. */
function flagsOf(flags: Flags, given: GivenParameters, kept: Kept) {
  const students =
    flags.students ?? (given.has('Students') || !flags.realm ? undefined : kept.students?.join(','))
  const layout = flags.layout ?? kept.layout
  return {
    layout,
    // Of the nested layout only the deletion can be in express mode.
    express: flags.express && layout === 'individual' && flags['on-failure'] !== 'delete',
    images: flags.images ?? kept.images,
    'template-bucket': flags['template-bucket'] ?? kept.templateBucket,
    'template-prefix': flags['template-prefix'] ?? kept.templatePrefix,
    'service-role': flags['service-role'] ?? kept.serviceRole,
    students: students === '' ? '0' : students,
  }
}
