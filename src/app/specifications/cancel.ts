import {cancelText} from '../../report/watch-text.js'
import type {CancelResult} from '../../results.js'
import type {CancelContext} from '../../steps/cancel/context.js'
import {isCreation} from '../../steps/cancel/find-cancellable.js'
import {cancel, cancelSurvey} from '../../workflows/cancel.js'
import {requireConfirmable, showAndConfirm} from '../confirm.js'
import {existingStacksText} from '../existing-stacks-text.js'
import type {SecretsFlags} from '../secrets-flags.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags & SecretsFlags & {yes: boolean; timeout: string; 'account-alias': string | undefined}

/** `mcpgw cancel`: looks, asks when something will be deleted, stops, follows. */
export const cancelCommand: CommandSpecification<Flags, CancelContext, CancelResult> = {
  name: 'cancel',
  follows: true,
  account: 'confirmed',
  read: () => ({cancelled: []}),
  survey: cancelSurvey,
  async confirm(flags, context, signal) {
    const {existingStacks = [], environment, commandLine} = context
    const deleted = existingStacks.filter(({stack}) => isCreation(stack.status))
    if (deleted.length === 0) return
    requireConfirmable({
      ...flags,
      what: 'Cancelling a creation deletes what was created, and',
      command: commandLine('cancel'),
    })
    const text = await existingStacksText('This is being created, and will be deleted', context, deleted)
    await showAndConfirm(flags, {text, name: environment, signal})
  },
  work: cancel,
  words: (result, {context, paint}) => cancelText(result, paint, context.clock),
}
