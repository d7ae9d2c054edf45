import {type DeployFlags, readDeploySettings} from '../../input/deploy-input.js'
import {preflightChecks} from '../../report/checks.js'
import {preflightText} from '../../report/preflight-text.js'
import type {PreflightResult} from '../../results.js'
import type {DeployContext} from '../../steps/deploy/context.js'
import {preflight} from '../../workflows/preflight.js'
import {deployCommandLineFor} from '../command-line.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags & DeployFlags

/** `mcpgw preflight`: makes every check of deploy, and does nothing else of it. */
export const preflightCommand: CommandSpecification<Flags, DeployContext, PreflightResult> = {
  name: 'preflight',
  account: 'guarded',
  commandLine: deployCommandLineFor,
  read: (flags, given) => ({
    settings: readDeploySettings(flags, given),
    operations: new Map(),
    foreseenStacks: new Set(),
  }),
  work: preflight,
  words: (result, {context, paint}) => preflightText(result, {paint, endpoint: context.aws.endpoint}),
  checks: preflightChecks,
  exitCode: ({ok}) => (ok ? 0 : 3),
}
