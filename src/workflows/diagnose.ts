import {isInProgress} from '../aws/stack-status.js'
import {type Callings, diagnose} from '../diagnosis/diagnosis.js'
import type {ProgressSink} from '../progress.js'
import type {DiagnoseResult} from '../results.js'
import {requireContext} from '../steps/context.js'
import type {DiagnoseContext} from '../steps/diagnose/context.js'
import {findStacks} from '../steps/diagnose/find-stacks.js'
import {lookBehind} from '../steps/diagnose/look-behind.js'
import {isTroubled, readEvents} from '../steps/diagnose/read-events.js'
import {recommendedAction} from '../steps/diagnose/recommended-action.js'
import {identify} from '../steps/identify.js'
import {callingsOf, causeOf} from '../steps/stacks/cause.js'
import {nestedTrouble} from '../steps/verify/nested-trouble.js'
import {deployLine} from '../steps/verify/remedies.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

/** Finds out why stacks failed, and changes nothing. */
export const diagnoseWorkflow: Workflow<DiagnoseContext> = {
  title: 'Diagnose',
  steps: [identify(), findStacks(), readEvents(), lookBehind()],
}

/** What AWS still tells of the stacks, whoever made them. That something failed is a result. */
export async function diagnoseStacks(
  context: DiagnoseContext,
  options: {tell: ProgressSink; signal: AbortSignal},
): Promise<DiagnoseResult> {
  await runWorkflow(diagnoseWorkflow, context, {clock: context.clock, ...options})
  const examined = requireContext(context.examined, 'the stacks')
  const troubled = examined.filter(isTroubled)
  const running = troubled.find(({stack}) => isInProgress(stack.status))
  const [first] = troubled
  const trouble = nestedTrouble(context, context.nested ?? [])
  const known = diagnose(context.events ?? [], context.templates ?? new Map(), context.evidence)?.explanation
    ?.id
  return {
    environment: context.environment,
    run: null,
    account: context.identity?.account ?? null,
    region: context.aws.region,
    state: running !== undefined ? 'running' : (first ?? trouble) !== undefined ? 'failed' : 'well',
    stacks: [...examined.map(({stack: {name, status}}) => ({name, status})), ...forgotten(context)],
    diagnosis: causeOf(context.events ?? [], context.templates, callingsHere(context), context.evidence),
    evidence: context.evidence ?? [],
    next: trouble?.hint ?? (first === undefined ? null : recommendedAction(context, running ?? first, known)),
  }
}

/** Nested stacks of which nothing but the root's resource is left, or not even that. */
function forgotten({nested = []}: DiagnoseContext): {name: string; status: string}[] {
  return nested.filter(({stack}) => stack === undefined).map(({name, status}) => ({name, status}))
}

/** Without its layout, `deploy` would be refused. */
function callingsHere({commandLine, aws, examined = []}: DiagnoseContext): Callings {
  const layout = examined.find(one => one.layout !== undefined)?.layout ?? 'nested'
  return callingsOf(
    command => (command === 'deploy' ? deployLine({commandLine, layout}) : commandLine(command)),
    aws,
  )
}
