import {credentialsText} from '../../report/credentials-text.js'
import type {CredentialsResult} from '../../results.js'
import type {CredentialsContext} from '../../steps/credentials/context.js'
import {credentials} from '../../workflows/credentials.js'
import {openPage} from '../open-page.js'
import type {CommandSpecification, CommonFlags, Words} from '../specification.js'

type Flags = CommonFlags & {user: string | undefined; reveal: boolean; open: boolean}

/**
 * `mcpgw credentials`. Nothing of it is recorded, and no progress is drawn: standard output holds what was asked for and
 * nothing else, so that a password can be handed on.
 */
export const credentialsCommand: CommandSpecification<Flags, CredentialsContext, CredentialsResult> = {
  name: 'credentials',
  waiting: 'Looking',
  read: ({user, reveal}) => ({user, reveal}),
  async work(context, running, {open}) {
    const found = await credentials(context, running)
    const opened = open ? await openPage(context.outputs?.RegistryUrl ?? '', context.aws) : null
    return {...found, opened}
  },
  words: (result, {context, paint}) => ({
    note: result.opened === null ? undefined : openedText(result.opened),
    ...textOf(result, context, paint),
  }),
}

function openedText({url, ok, reason}: NonNullable<CredentialsResult['opened']>): string {
  return ok ? `Opened ${url}` : `${url} was not opened: ${reason}.`
}

function textOf(
  result: CredentialsResult,
  context: CredentialsContext,
  paint: Parameters<typeof credentialsText>[1]['paint'],
): Exclude<Words, string> {
  const {user, reveal, commandLine, isTooOld = false} = context
  const [only] = result.credentials
  if (user !== undefined && reveal && only !== undefined) return {text: only.password ?? '', isValue: true}
  return {text: credentialsText(result, {paint, reveal, isTooOld, commandLine})}
}
