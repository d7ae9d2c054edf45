import type {ProgressSink} from '../progress.js'
import type {Health} from '../results.js'
import {identify} from '../steps/identify.js'
import type {VerifyContext} from '../steps/verify/context.js'
import {findEnvironment, readStacksAhead, stillStands} from '../steps/verify/find-environment.js'
import {NotHealthy} from '../steps/verify/not-healthy.js'
import {verifyOnce} from '../steps/verify/verify-once.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

/** Finds out whether an environment is healthy, and changes nothing. */
export const verifyWorkflow: Workflow<VerifyContext> = {
  title: 'Verify',
  steps: [identify(readStacksAhead), findEnvironment(), verifyOnce(), stillStands()],
}

/** What was found. An unhealthy environment is a result; one that does not exist is thrown. */
export async function verify(
  context: VerifyContext,
  options: {tell: ProgressSink; signal: AbortSignal},
): Promise<Health> {
  try {
    await runWorkflow(verifyWorkflow, context, {clock: context.clock, ...options})
  } catch (error) {
    if (error instanceof NotHealthy) return error.health
    throw error
  }
  return (
    context.health ?? {
      healthy: false,
      services: [],
      targetGroups: [],
      endpoints: [],
      links: [],
      resources: [],
      resourcesChecked: 0,
    }
  )
}
