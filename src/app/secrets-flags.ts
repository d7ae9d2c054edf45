import * as Flags from '@oclif/core/flags'
import {configurationFlags} from './deploy-flags.js'
import {hidden} from './hidden-flags.js'

/** What was deployed, for commands that deploy nothing: AWS and logs may repeat the values of secrets. */
export const secretsFlags = {
  parameters: Flags.string({
    char: 'p',
    description:
      'The parameters file used with deploy; secrets in it are hidden wherever AWS or a log repeats them.',
    env: 'MCPGW_PARAMETERS',
    helpValue: 'FILE',
  }),
  ...hidden({set: configurationFlags.set}),
}

/** The flags of `secretsFlags`. */
export interface SecretsFlags {
  parameters: string | undefined
  set: readonly string[] | undefined
}
