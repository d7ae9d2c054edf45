import {randomUUID} from 'node:crypto'
import type {Build} from '../../aws/builds.js'
import {addressOf, exportVariables, imageKeys, tarballOf} from '../../environment/image-set.js'
import {buildProjectName} from '../../environment/names.js'
import {failed, type McpgwError} from '../../errors.js'
import {tellPhases} from '../deploy/follow-build.js'
import type {Step, StepTools} from '../step.js'
import {awaitBuild} from './await-build.js'
import type {ExportContext} from './context.js'

/** Starts the build that exports, or joins the one that runs, and follows it to its end. */
export function runExport(): Step<ExportContext> {
  return {
    id: 'export',
    title: 'Export the images',
    skip: ({operation}) => (operation === 'none' ? 'they lie there already' : undefined),
    run: (context, tools) =>
      context.record.during(tools.signal, async () => {
        const build = await follow(context, await begin(context), tools)
        context.build = build
        context.record.buildFinished()
        if (build.status !== 'SUCCEEDED') throw exportFailed(context, build)
      }),
  }
}

async function begin({aws, environment, place, operation, earlier}: ExportContext): Promise<Build> {
  if (operation === 'attached' && earlier !== undefined) return earlier
  const variables = exportVariables(place)
  return aws.builds.start(buildProjectName(environment), variables, `mcpgw-export-${randomUUID()}`)
}

/** Only the build's own status decides; what lies in the bucket is for people who wait. */
function follow(context: ExportContext, started: Build, tools: StepTools): Promise<Build> {
  const {tell} = tools
  const told = new Set<string>()
  const total = imageKeys.length
  let toldOk = 0
  tell({kind: 'images-exported', ok: toldOk, total})
  return awaitBuild(context, started, {
    ...tools,
    what: 'The export',
    async look(build) {
      const ok = await written(context, build)
      if (ok !== toldOk) tell({kind: 'images-exported', ok, total})
      toldOk = ok
      tellPhases(build, tell, told)
    },
  })
}

/** How many tarballs lie there that are newer than the build. */
async function written({aws, place}: ExportContext, {startedAt = 0}: Build): Promise<number> {
  const objects = await aws.bucketContents.list(place.bucket, place.prefix)
  const names = new Set(imageKeys.map(key => `${place.prefix}${tarballOf(key)}`))
  return objects.filter(({key, modifiedAt}) => names.has(key) && modifiedAt >= startedAt).length
}

function exportFailed({place, commandLine}: ExportContext, build: Build): McpgwError {
  const images = build.exported?.FAILED_IMAGES
  const phase = build.phases.find(({status}) => status !== undefined && status !== 'SUCCEEDED')
  const parts = [
    `The export ${build.id} to ${addressOf(place)} ended ${build.status}${phase ? ` in phase ${phase.name}` : ''}.`,
    images ? `Failed images: ${images}.` : '',
    phase?.message ? `CodeBuild says: ${phase.message}.` : '',
  ]
  return failed('EXPORT_FAILED', parts.filter(Boolean).join(' '), {
    hint: `The log says why; a bucket of another account must allow the build's role to write. Then run \`${commandLine('images export')}\` again.`,
    resource: addressOf(place),
    logs: build.logs && `CloudWatch Logs, group ${build.logs.group}, stream ${build.logs.stream}`,
  })
}
