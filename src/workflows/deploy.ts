import type {Build} from '../aws/builds.js'
import type {ProgressSink} from '../progress.js'
import type {BuildResult, DeployResult, Operation} from '../results.js'
import {collect} from '../steps/deploy/collect.js'
import type {DeployContext} from '../steps/deploy/context.js'
import {deployStacks} from '../steps/deploy/deploy-stacks.js'
import {secondsOf} from '../steps/deploy/follow-build.js'
import {followDatabase} from '../steps/deploy/follow-database.js'
import {inspect} from '../steps/deploy/inspect.js'
import {lookBeforeReplacing} from '../steps/deploy/look-before-replacing.js'
import {makeDeployedRealm} from '../steps/deploy/make-deployed-realm.js'
import {findPrefixList} from '../steps/deploy/prefix-list.js'
import {replaceWhatStands} from '../steps/deploy/replace.js'
import {restartRegistry} from '../steps/deploy/restart-registry.js'
import {chooseTemplateBucket, ensureTemplateBucket} from '../steps/deploy/template-bucket.js'
import {uploadTemplates} from '../steps/deploy/upload-templates.js'
import {useNewImages} from '../steps/deploy/use-new-images.js'
import {verifyDeployed} from '../steps/deploy/verify-deployed.js'
import {foresee} from '../steps/foresee/foresee.js'
import {guardAccount} from '../steps/guard-account.js'
import {identify} from '../steps/identify.js'
import {leftByUpdate, tellLeftovers} from '../steps/leftovers/of-update.js'
import {preflight} from '../steps/preflight/preflight.js'
import {repair} from '../steps/repair/repair.js'
import {NotHealthy} from '../steps/verify/not-healthy.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

/** Everything that can be refused is refused here, before anything is changed. */
export const deploySurvey: Workflow<DeployContext> = {
  title: 'Look before deploying',
  steps: [
    identify(),
    guardAccount(),
    inspect(),
    preflight(),
    chooseTemplateBucket(),
    foresee(),
    lookBeforeReplacing(),
  ],
}

/** Creates or updates the environment. */
export const deployWorkflow: Workflow<DeployContext> = {
  title: 'Deploy',
  steps: [
    replaceWhatStands(),
    repair(),
    ensureTemplateBucket(),
    uploadTemplates(),
    findPrefixList(),
    deployStacks(),
    tellLeftovers(),
    useNewImages(),
    restartRegistry(),
    followDatabase(),
    collect(),
    makeDeployedRealm(),
    verifyDeployed(),
  ],
}

/** Runs the deployment after its survey. An unhealthy environment is a result, every other failure is thrown. */
export async function deploy(
  context: DeployContext,
  options: {startedAt: number; tell: ProgressSink; signal: AbortSignal},
): Promise<DeployResult> {
  const {startedAt, tell, signal} = options
  try {
    await runWorkflow(deployWorkflow, context, {
      clock: context.clock,
      tell,
      signal,
      persistent: () => context.record.underway !== 'nothing',
    })
  } catch (error) {
    if (!(error instanceof NotHealthy)) throw await leftByUpdate(context, error, signal)
  }
  return {
    environment: context.environment,
    account: context.identity?.account ?? '',
    region: context.aws.region,
    layout: context.settings.layout,
    operation: overall([...context.operations.values()]),
    stacks: context.stacks ?? [],
    outputs: context.outputs ?? {},
    build: context.build === undefined ? null : buildResult(context.build),
    realm: context.realm ?? null,
    verification: context.health ?? null,
    remaining: context.remaining ?? [],
    durationSeconds: Math.round((context.clock.now() - startedAt) / 100) / 10,
    apiCalls: context.aws.apiCalls(),
  }
}

/** One word for several stacks: the one that says most about what happened. */
function overall(operations: readonly Operation[]): Operation {
  const byWeight: readonly Operation[] = ['attached', 'create', 'update']
  return byWeight.find(operation => operations.includes(operation)) ?? 'none'
}

function buildResult(build: Build): BuildResult {
  const mode = build.environment.CONTAINER_IMAGES_BUCKET ? 'import' : 'source'
  return {id: build.id, status: build.status, mode, durationSeconds: secondsOf(build)}
}
