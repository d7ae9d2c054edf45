import {checkEnvironmentName} from '../../environment/names.js'
import {readConfig} from '../../input/config-file.js'
import {parseDuration} from '../../input/duration.js'
import {templatesIfReadable} from '../../input/template-folder.js'
import {paint} from '../../report/paint.js'
import {cancelText} from '../../report/watch-text.js'
import type {CancelContext} from '../../steps/cancel/context.js'
import {isCreation} from '../../steps/cancel/find-cancellable.js'
import {OperationRecord} from '../../steps/stacks/record.js'
import {cancel, cancelSurvey} from '../../workflows/cancel.js'
import {runWorkflow} from '../../workflows/run-workflow.js'
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

/** The work of `mcpgw cancel`: look, ask when something will be deleted, stop, follow. */
export function runCancel(flags: Flags): Promise<Outcome> {
  return hidingSecrets(flags, redactor => cancelling(flags, redactor))
}

async function cancelling(flags: Flags, redactor: Redactor): Promise<Outcome> {
  const environment = checkEnvironmentName(flags.environment)
  const timeoutMs = parseDuration('timeout', flags.timeout)
  const {accounts: accountRules} = readConfig()
  const commandLine = commandLineFor(flags)
  const record = new OperationRecord(templatesIfReadable, commandLine)
  const session = await openSession(flags, {command: 'cancel', commandLine, timeoutMs, record})
  try {
    const {aws, clock, signal, startedAt} = session
    const context: CancelContext = {
      aws,
      clock,
      environment,
      commandLine,
      accountRules,
      record,
      cancelled: [],
    }
    await session.show(tell => runWorkflow(cancelSurvey, context, {clock, tell: redactor.sink(tell), signal}))
    await confirmAccount(flags, context, {signal, command: commandLine('cancel')})
    const deleted = (context.standing ?? []).filter(({stack}) => isCreation(stack.status))
    if (deleted.length > 0) {
      requireConfirmable({
        ...flags,
        what: 'Cancelling a creation deletes what was created, and',
        command: commandLine('cancel'),
      })
      const text = await standingText('This is being created, and will be deleted', context, deleted)
      await showAndConfirm(flags, {text, name: environment, signal})
    }
    const result = await session.show(tell => cancel(context, {startedAt, tell: redactor.sink(tell), signal}))
    const colours = paint({stream: process.stdout, noColor: flags['no-color']})
    return {document: result, text: cancelText(result, colours), exitCode: 0}
  } finally {
    session.close()
  }
}
