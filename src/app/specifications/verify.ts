import {healthChecks} from '../../report/checks.js'
import {healthText} from '../../report/health-text.js'
import type {Health} from '../../results.js'
import type {VerifyContext} from '../../steps/verify/context.js'
import {verify} from '../../workflows/verify.js'
import type {SecretsFlags} from '../secrets-flags.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags & SecretsFlags & {shallow: boolean}

/** `mcpgw verify`: looks once and reports. */
export const verifyCommand: CommandSpecification<Flags, VerifyContext, Health> = {
  name: 'verify',
  read: ({shallow}) => ({shallow}),
  work: verify,
  words: (health, {context, paint}) => healthText(health, paint, context.aws.endpoint),
  checks: (health, {environment}) => healthChecks(health, environment),
  exitCode: ({healthy}) => (healthy ? 0 : 1),
}
