import {type DeployFlags, readDeploySettings} from '../../input/deploy-input.js'
import {removeKept} from '../../recorder/kept-deployment.js'
import {runsFolder} from '../../recorder/runs-folder.js'
import {deploySummary} from '../../report/deploy-summary.js'
import type {DeployResult} from '../../results.js'
import type {DeployContext} from '../../steps/deploy/context.js'
import {deploy, deploySurvey} from '../../workflows/deploy.js'
import {deployCommandLineFor} from '../command-line.js'
import {showAndConfirm} from '../confirm.js'
import {confirmLosses} from '../confirm-losses.js'
import {deletionText} from '../deletion-text.js'
import {recordedDeploy} from '../recorded-deploy.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags & DeployFlags & {yes: boolean; 'account-alias': string | undefined}

/** `mcpgw deploy`: checks everything, looks, asks when something will be destroyed, deploys. */
export const deployCommand: CommandSpecification<Flags, DeployContext, DeployResult> = {
  name: 'deploy',
  follows: true,
  account: 'confirmed',
  commandLine: deployCommandLineFor,
  read: (flags, given) => ({
    settings: readDeploySettings(flags, given),
    operations: new Map(),
    foreseenStacks: new Set(),
  }),
  mustConfirm: ({replace}, commandLine) =>
    replace ? {what: 'Replacing an environment', command: `${commandLine('deploy')} --replace`} : undefined,
  templates: ({settings}) => settings.templates.files,
  recorded: ({settings}) => recordedDeploy(settings),
  survey: deploySurvey,
  async confirm(flags, context, signal) {
    const {existingStacks = [], environment, settings} = context
    if (!settings.replace) return confirmLosses(flags, context, signal)
    if (existingStacks.length === 0) return
    const text = await deletionText(
      'This will be deleted and deployed again',
      {...context, existingStacks},
      'It stays, and the VPC cannot be replaced before it is deleted:',
    )
    await showAndConfirm(flags, {text, name: environment, signal})
  },
  async work(context, running) {
    const result = await deploy(context, running)
    // Whoever finishes by hand what a reset had begun has finished the reset.
    if (isWell(result)) removeKept({...result, folder: runsFolder()})
    return result
  },
  words: (result, {flags, context, paint}) =>
    deploySummary(result, {
      commandLine: context.commandLine,
      paint,
      clock: context.clock,
      verbose: flags.verbose,
      endpoint: context.aws.endpoint,
      keycloakUser: context.parameters?.KeycloakAdminUsername ?? 'admin',
    }),
  exitCode: result => (isWell(result) ? 0 : 1),
}

function isWell({verification}: DeployResult): boolean {
  return verification?.healthy !== false
}
