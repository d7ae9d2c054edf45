import {checkEnvironmentName} from '../../environment/names.js'
import {readConfig} from '../../input/config-file.js'
import {parseDuration} from '../../input/duration.js'
import {templatesIfReadable} from '../../input/template-folder.js'
import {paint} from '../../report/paint.js'
import {teardownText} from '../../report/teardown-text.js'
import {OperationRecord} from '../../steps/stacks/record.js'
import type {TeardownContext} from '../../steps/teardown/context.js'
import {runWorkflow} from '../../workflows/run-workflow.js'
import {isProved, teardown, teardownSurvey} from '../../workflows/teardown.js'
import type {Outcome} from '../base-command.js'
import {commandLineFor} from '../command-line.js'
import {requireConfirmable, showAndConfirm} from '../confirm.js'
import {confirmAccount} from '../confirm-account.js'
import {standingText} from '../existing-stacks-text.js'
import type {AwsFlags} from '../flags.js'
import {hidingSecrets, type SecretsFlags} from '../hide-secrets.js'
import type {Redactor} from '../redactor.js'
import {openSession} from '../session.js'

type Flags = AwsFlags & SecretsFlags & {yes: boolean; timeout: string; 'account-alias': string | undefined}

/** The work of `mcpgw teardown`: look, ask, remove, prove. */
export function runTeardown(flags: Flags): Promise<Outcome> {
  return hidingSecrets(flags, redactor => tearingDown(flags, redactor))
}

async function tearingDown(flags: Flags, redactor: Redactor): Promise<Outcome> {
  const environment = checkEnvironmentName(flags.environment)
  const timeoutMs = parseDuration('timeout', flags.timeout)
  const {accounts: accountRules} = readConfig()
  const commandLine = commandLineFor(flags)
  requireConfirmable({...flags, what: `Tearing down ${environment}`, command: commandLine('teardown')})
  const record = new OperationRecord(templatesIfReadable, commandLine)
  const session = await openSession(flags, {
    command: 'teardown',
    commandLine,
    timeoutMs,
    record,
    recorded: {command: 'teardown', mask: text => redactor.text(text)},
  })
  try {
    const {aws, clock, signal, startedAt} = session
    const context: TeardownContext = {
      aws,
      clock,
      environment,
      commandLine,
      accountRules,
      record,
      cleaned: [],
      remaining: [],
      unknown: [],
    }
    await session.show(tell =>
      runWorkflow(teardownSurvey, context, {clock, tell: redactor.sink(tell), signal}),
    )
    await confirmAccount(flags, context, {signal, command: commandLine('teardown')})
    const {standing = []} = context
    if (standing.length > 0) {
      const text = await standingText('This will be deleted for good', context, standing)
      await showAndConfirm(flags, {text, name: environment, signal})
    }
    const result = await session.show(tell =>
      teardown(context, {startedAt, tell: redactor.sink(tell), signal}),
    )
    const colours = paint({stream: process.stdout, noColor: flags['no-color']})
    return {
      document: result,
      text: teardownText(result, {region: aws.region, paint: colours}),
      exitCode: isProved(result) ? 0 : 1,
    }
  } finally {
    session.close()
  }
}
