import {messageOf} from '../errors.js'
import type {ProgressSink} from '../progress.js'
import type {ImageSetResult, ImagesExportResult} from '../results.js'
import {requireContext} from '../steps/context.js'
import {secondsOf} from '../steps/deploy/follow-build.js'
import {guardAccount} from '../steps/guard-account.js'
import {identify} from '../steps/identify.js'
import {checkExported} from '../steps/images/check-exported.js'
import {checkSet} from '../steps/images/check-set.js'
import type {ExportContext, ImageSetContext} from '../steps/images/context.js'
import {allowWriting, endWriting} from '../steps/images/export-permission.js'
import {findImages} from '../steps/images/find-images.js'
import {lookAtTarget} from '../steps/images/look-at-target.js'
import {runExport} from '../steps/images/run-export.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

interface Running {
  tell: ProgressSink
  signal: AbortSignal
}

/** Says whether a set is whole and of which version, and changes nothing. */
export const checkWorkflow: Workflow<ImageSetContext> = {
  title: 'Check images',
  steps: [identify(), checkSet()],
}

/** Exports the images of an environment. Everything that can be refused is refused by the first three. */
export const exportWorkflow: Workflow<ExportContext> = {
  title: 'Export images',
  steps: [
    identify(),
    guardAccount(),
    findImages(),
    lookAtTarget(),
    allowWriting(),
    runExport(),
    checkExported(),
  ],
}

/** What comes after an export, however it has ended. */
export const closingWorkflow: Workflow<ExportContext> = {title: 'After the export', steps: [endWriting()]}

export async function checkImages(context: ImageSetContext, running: Running): Promise<ImageSetResult> {
  await runWorkflow(checkWorkflow, context, {clock: context.clock, ...running})
  return requireContext(context.set, 'the set')
}

/**
 * Exports the images. The build keeps its permission to write when this run stops waiting, because the build continues;
 * the next run takes it back.
 */
export async function exportImages(
  context: ExportContext,
  options: Running & {startedAt: number},
): Promise<ImagesExportResult> {
  const {startedAt, tell, signal} = options
  const {aws, clock, environment} = context
  const close = () => runWorkflow(closingWorkflow, context, {clock, tell, signal})
  try {
    await runWorkflow(exportWorkflow, context, {clock, tell, signal})
  } catch (error) {
    // What is refused changes nothing. Whatever goes wrong here must not hide why the export failed.
    if (context.operation !== undefined && !signal.aborted) await close().catch(tellOfRest)
    throw error
  }
  await close()
  const {build} = context
  return {
    environment,
    account: requireContext(context.identity, 'the account').account,
    region: aws.region,
    operation: requireContext(context.operation, 'what was done'),
    build:
      build === undefined ? null : {id: build.id, status: build.status, durationSeconds: secondsOf(build)},
    set: requireContext(context.set, 'the set'),
    durationSeconds: Math.round((clock.now() - startedAt) / 100) / 10,
    apiCalls: aws.apiCalls(),
  }

  function tellOfRest(error: unknown): void {
    const text = `The build may still write to the bucket, until the next export ends: ${messageOf(error)}`
    tell({kind: 'note', text})
  }
}
