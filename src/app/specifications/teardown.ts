import {teardownText} from '../../report/teardown-text.js'
import type {TeardownResult} from '../../results.js'
import type {TeardownContext} from '../../steps/teardown/context.js'
import {isProved, teardown, teardownSurvey} from '../../workflows/teardown.js'
import {showAndConfirm} from '../confirm.js'
import {existingStacksText} from '../existing-stacks-text.js'
import type {SecretsFlags} from '../secrets-flags.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags & SecretsFlags & {yes: boolean; timeout: string; 'account-alias': string | undefined}

/** `mcpgw teardown`: looks, asks, removes, proves. */
export const teardownCommand: CommandSpecification<Flags, TeardownContext, TeardownResult> = {
  name: 'teardown',
  follows: true,
  account: 'confirmed',
  read: () => ({cleaned: [], remaining: [], unknown: []}),
  mustConfirm: ({environment}, commandLine) => ({
    what: `Tearing down ${environment}`,
    command: commandLine('teardown'),
  }),
  recorded: () => ({command: 'teardown'}),
  survey: teardownSurvey,
  async confirm(flags, context, signal) {
    const {existingStacks = [], environment} = context
    if (existingStacks.length === 0) return
    const text = await existingStacksText('This will be deleted for good', context, existingStacks)
    await showAndConfirm(flags, {text, name: environment, signal})
  },
  work: teardown,
  words: (result, {context, paint}) => teardownText(result, {region: context.aws.region, paint}),
  exitCode: result => (isProved(result) ? 0 : 1),
}
