import {checkEnvironmentName} from '../../environment/names.js'
import {silent} from '../../progress.js'
import {credentialsText} from '../../report/credentials-text.js'
import {paint} from '../../report/paint.js'
import {printText} from '../../report/print.js'
import {whileWaiting} from '../../report/spinner.js'
import type {CredentialsResult} from '../../results.js'
import type {CredentialsContext} from '../../steps/credentials/context.js'
import {visible} from '../../visible.js'
import {credentials} from '../../workflows/credentials.js'
import type {Outcome} from '../base-command.js'
import {commandLineFor} from '../command-line.js'
import type {AwsFlags} from '../flags.js'
import {openPage} from '../open-page.js'
import {openSession} from '../session.js'

type Flags = AwsFlags & {user: string | undefined; reveal: boolean; open: boolean}

/**
 * The work of `mcpgw credentials`. Nothing of it is recorded, and no progress is drawn: standard output holds what was
 * asked for and nothing else, so that a password can be handed on.
 */
export async function runCredentials(flags: Flags): Promise<Outcome> {
  checkEnvironmentName(flags.environment)
  const commandLine = commandLineFor(flags)
  const session = await openSession(flags, {command: 'credentials', commandLine})
  try {
    const {aws, clock, signal} = session
    const {environment, user, reveal, open, json} = flags
    const context: CredentialsContext = {aws, clock, environment, commandLine, reveal, user}
    const isWatched = !json && process.stderr.isTTY === true
    const found = await whileWaiting('Looking', isWatched, () => credentials(context, {tell: silent, signal}))
    const result: CredentialsResult = {...found, opened: open ? await openRegistry(context) : null}
    if (!json && result.opened !== null) printText(process.stderr, visible(openedText(result.opened)))
    return {document: result, ...textOf(flags, result, context), exitCode: 0}
  } finally {
    session.close()
  }
}

function openRegistry({aws, outputs}: CredentialsContext) {
  return openPage(outputs?.RegistryUrl ?? '', aws)
}

function openedText({url, ok, reason}: NonNullable<CredentialsResult['opened']>): string {
  return ok ? `Opened ${url}` : `${url} was not opened: ${reason}.`
}

function textOf(
  flags: Flags,
  result: CredentialsResult,
  context: CredentialsContext,
): Pick<Outcome, 'text' | 'isValue'> {
  const {user, reveal} = flags
  const [only] = result.credentials
  if (user !== undefined && reveal && only !== undefined) return {text: only.password ?? '', isValue: true}
  const colours = paint({stream: process.stdout, noColor: flags['no-color']})
  const {commandLine, isTooOld = false} = context
  const text = credentialsText(result, {
    paint: colours,
    reveal,
    isTooOld,
    commandLine: command => commandLine(command),
  })
  return {text}
}
