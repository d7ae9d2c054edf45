import {checkEnvironmentName} from '../../environment/names.js'
import {parseDuration} from '../../input/duration.js'
import {templatesIfReadable} from '../../input/template-folder.js'
import {paint} from '../../report/paint.js'
import {watchText} from '../../report/watch-text.js'
import {OperationRecord} from '../../steps/stacks/record.js'
import type {WatchContext} from '../../steps/watch/context.js'
import {watch} from '../../workflows/watch.js'
import type {Outcome} from '../base-command.js'
import {commandLineFor} from '../command-line.js'
import type {AwsFlags} from '../flags.js'
import {hidingSecrets, type SecretsFlags} from '../hide-secrets.js'
import type {Redactor} from '../redactor.js'
import {openSession} from '../session.js'

/** The work of `mcpgw watch`: look, follow, report. */
export function runWatch(flags: AwsFlags & SecretsFlags & {timeout: string}): Promise<Outcome> {
  return hidingSecrets(flags, redactor => watching(flags, redactor))
}

async function watching(flags: AwsFlags & {timeout: string}, redactor: Redactor): Promise<Outcome> {
  const environment = checkEnvironmentName(flags.environment)
  const timeoutMs = parseDuration('timeout', flags.timeout)
  const commandLine = commandLineFor(flags)
  const record = new OperationRecord(templatesIfReadable, commandLine)
  const session = await openSession(flags, {
    command: 'watch',
    commandLine,
    timeoutMs,
    record,
    // Whoever started what is watched may be gone, and the rollback deletes what could tell why it failed.
    recorded: {command: 'watch', mask: text => redactor.text(text)},
  })
  try {
    const {aws, clock, signal, startedAt} = session
    const context: WatchContext = {aws, clock, environment, commandLine, record}
    const result = await session.show(tell => watch(context, {startedAt, tell: redactor.sink(tell), signal}))
    const colours = paint({stream: process.stdout, noColor: flags['no-color']})
    return {document: result, text: watchText(result, colours), exitCode: 0}
  } finally {
    session.close()
  }
}
