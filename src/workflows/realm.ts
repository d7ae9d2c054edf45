import type {ProgressSink} from '../progress.js'
import type {RealmResult} from '../results.js'
import {requireContext} from '../steps/context.js'
import {guardAccount} from '../steps/guard-account.js'
import {identify} from '../steps/identify.js'
import type {RealmContext} from '../steps/realm/context.js'
import {makeExistingRealm} from '../steps/realm/make-existing-realm.js'
import {findEnvironment} from '../steps/verify/find-environment.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

/** Everything that can be refused is refused here, before anything is changed. */
export const realmSurvey: Workflow<RealmContext> = {
  title: 'Look before making the realm',
  steps: [identify(), guardAccount(), findEnvironment()],
}

/** Makes the realm of an existing environment. */
export const realmWorkflow: Workflow<RealmContext> = {
  title: 'Realm',
  steps: [makeExistingRealm()],
}

/** Makes what the realm lacks, after its survey. */
export async function realm(
  context: RealmContext,
  options: {startedAt: number; tell: ProgressSink; signal: AbortSignal},
): Promise<RealmResult> {
  const {startedAt, tell, signal} = options
  const {aws, clock, environment, identity, outputs} = context
  await runWorkflow(realmWorkflow, context, {clock, tell, signal})
  return {
    environment,
    account: requireContext(identity, 'the account').account,
    region: aws.region,
    keycloakUrl: requireContext(outputs, 'the outputs').KeycloakUrl ?? '',
    realm: requireContext(context.realm, 'the realm'),
    durationSeconds: Math.round((clock.now() - startedAt) / 100) / 10,
    apiCalls: aws.apiCalls(),
  }
}
