import {readConfig} from '../../input/config-file.js'
import {type DeployFlags, readDeployInput} from '../../input/deploy-input.js'
import {deploySummary} from '../../report/deploy-summary.js'
import {paint} from '../../report/paint.js'
import type {DeployContext} from '../../steps/deploy/context.js'
import {OperationRecord} from '../../steps/stacks/record.js'
import {deploy, deploySurvey} from '../../workflows/deploy.js'
import {runWorkflow} from '../../workflows/run-workflow.js'
import type {Outcome} from '../base-command.js'
import {deployCommandLineFor} from '../command-line.js'
import {requireConfirmable, showAndConfirm} from '../confirm.js'
import {confirmAccount} from '../confirm-account.js'
import {standingText} from '../existing-stacks-text.js'
import type {AwsFlags} from '../flags.js'
import {recordedDeploy} from '../recorded-deploy.js'
import {Redactor} from '../redactor.js'
import {openSession, type Session} from '../session.js'

type Flags = AwsFlags & DeployFlags & {yes: boolean; 'account-alias': string | undefined}

/** The work of `mcpgw deploy`: check everything, look, ask when something will be destroyed, deploy. */
export async function runDeploy(flags: Flags): Promise<Outcome> {
  const {settings, timeoutMs, secrets} = await readDeployInput(flags)
  const {accounts: accountRules} = readConfig()
  const redactor = new Redactor(secrets)
  const commandLine = deployCommandLineFor(flags, text => redactor.text(text))
  if (settings.replace) {
    const command = `${commandLine('deploy')} --replace`
    requireConfirmable({...flags, what: 'Replacing an environment', command})
  }
  const record = new OperationRecord(() => settings.templates.files, commandLine)
  const session = await openSession(flags, {
    command: 'deploy',
    commandLine,
    timeoutMs,
    record,
    recorded: recordedDeploy(settings, text => redactor.text(text)),
  })
  try {
    const {aws, clock, signal, startedAt} = session
    const context: DeployContext = {
      aws,
      clock,
      environment: flags.environment,
      commandLine,
      accountRules,
      settings,
      record,
      operations: new Map(),
    }
    await session.show(tell => runWorkflow(deploySurvey, context, {clock, tell: redactor.sink(tell), signal}))
    await confirmAccount(flags, context, {signal, command: commandLine('deploy')})
    await confirmReplacement(flags, context, session)
    const result = await session.show(tell => deploy(context, {startedAt, tell: redactor.sink(tell), signal}))
    const colours = paint({stream: process.stdout, noColor: flags['no-color']})
    return {
      document: result,
      text: deploySummary(result, {
        commandLine,
        paint: colours,
        verbose: flags.verbose,
        endpoint: aws.endpoint,
        keycloakUser: context.parameters?.KeycloakAdminUsername ?? 'admin',
      }),
      exitCode: result.verification?.healthy === false ? 1 : 0,
    }
  } catch (error) {
    throw redactor.error(error)
  } finally {
    session.close()
  }
}

async function confirmReplacement(flags: Flags, context: DeployContext, session: Session): Promise<void> {
  const {standing = [], environment} = context
  if (!context.settings.replace || standing.length === 0) return
  const text = await standingText('This will be deleted and deployed anew', context, standing)
  await showAndConfirm(flags, {text, name: environment, signal: session.signal})
}
