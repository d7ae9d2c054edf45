import {watchText} from '../../report/watch-text.js'
import type {WatchResult} from '../../results.js'
import type {WatchContext} from '../../steps/watch/context.js'
import {watch} from '../../workflows/watch.js'
import type {SecretsFlags} from '../secrets-flags.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags & SecretsFlags & {timeout: string}

/** `mcpgw watch`: looks, follows, reports. */
export const watchCommand: CommandSpecification<Flags, WatchContext, WatchResult> = {
  name: 'watch',
  follows: true,
  read: () => ({}),
  // Whoever started what is watched may be gone, and the rollback deletes what could tell why it failed.
  recorded: () => ({command: 'watch'}),
  work: watch,
  words: (result, {context, paint}) => watchText(result, paint, context.clock),
}
