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

/** `mcpgw cancel`: looks, asks, stops, follows. Somebody else may be waiting for what is stopped. */
export const cancelCommand: CommandSpecification<Flags, CancelContext, CancelResult> = {
  name: 'cancel',
  follows: true,
  account: 'confirmed',
  read: () => ({cancelled: []}),
  survey: cancelSurvey,
  async confirm(flags, context, signal) {
    const {existingStacks = [], environment, commandLine} = context
    const deleted = existingStacks.filter(({stack}) => isCreation(stack.status))
    const undone = existingStacks.filter(({stack}) => !isCreation(stack.status))
    requireConfirmable({
      ...flags,
      what:
        deleted.length > 0
          ? 'Cancelling a creation deletes what was created, and'
          : 'Cancelling an update, for which others may be waiting,',
      command: commandLine('cancel'),
    })
    const texts = [
      deleted.length > 0 &&
        (await existingStacksText('This is being created, and will be deleted', context, deleted)),
      undone.length > 0 &&
        (await existingStacksText('This is being updated, and will be as it was before', context, undone, {
          holds: false,
        })),
    ]
    await showAndConfirm(flags, {text: texts.filter(Boolean).join('\n'), name: environment, signal})
  },
  work: cancel,
  words: (result, {context, paint}) => cancelText(result, paint, context.clock),
}
