import type {ProgressSink} from '../progress.js'
import type {CredentialsResult} from '../results.js'
import {requireContext} from '../steps/context.js'
import type {CredentialsContext} from '../steps/credentials/context.js'
import {readCredentials} from '../steps/credentials/read-credentials.js'
import {identify} from '../steps/identify.js'
import {findEnvironment} from '../steps/verify/find-environment.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

/** Finds out who logs in where, and changes nothing. */
export const credentialsWorkflow: Workflow<CredentialsContext> = {
  title: 'Credentials',
  steps: [identify(), findEnvironment(), readCredentials()],
}

/** The accounts of an environment that is complete and at rest. */
export async function credentials(
  context: CredentialsContext,
  options: {tell: ProgressSink; signal: AbortSignal},
): Promise<CredentialsResult> {
  await runWorkflow(credentialsWorkflow, context, {clock: context.clock, ...options})
  return {
    environment: context.environment,
    region: context.aws.region,
    credentials: [...requireContext(context.credentials, 'the credentials')],
    opened: null,
  }
}
