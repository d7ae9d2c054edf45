import {imageBuildSeconds, imageExportSeconds} from '../../../durations.js'
import type {Build, Region, Resource} from '../../account/account.js'
import type {EventData} from '../../account/event-data.js'
import type {World} from '../../account/world.js'
import {about} from '../../resources/timing.js'
import {number, record, records, text} from '../../resources/values.js'
import {publishEvent} from '../events/rules.js'
import {writeLog} from '../logs/streams.js'
import {type BuildMode, buildContext, modeOf} from './build-context.js'
import {endingFor, endingOf, secondsToTimeout} from './build-ending.js'
import {buildEvent} from './build-event.js'
import {hasToWait, hasWaitedTooLong} from './build-queue.js'
import {type BuildRecord, logOf, projectOf} from './build-record.js'
import {doWork} from './build-work.js'
import {exportOne} from './export-work.js'

/** A phase and its typical seconds: building from source, importing ready-made images, exporting them. */
interface Phase extends Record<BuildMode, number> {
  name: string
}

/** What CodeBuild does beside its commands. Source of the phases: CodeBuild user guide, "Build phase transitions". */
const before: readonly Phase[] = [
  {name: 'SUBMITTED', source: 0.5, import: 0.5, export: 0.5},
  {name: 'QUEUED', source: 1, import: 1, export: 1},
  {name: 'PROVISIONING', source: 9, import: 9, export: 9},
  {name: 'DOWNLOAD_SOURCE', source: 6, import: 2, export: 6},
  {name: 'INSTALL', source: 1, import: 1, export: 1},
  {name: 'PRE_BUILD', source: 1, import: 1, export: 1},
]
const after: readonly Phase[] = [
  {name: 'POST_BUILD', source: 1, import: 1, export: 1},
  {name: 'UPLOAD_ARTIFACTS', source: 1, import: 1, export: 1},
  {name: 'FINALIZING', source: 3, import: 3, export: 3},
]
const typicalSeconds: Record<BuildMode, number> = {...imageBuildSeconds, export: imageExportSeconds}

/** The commands take the rest of a build's typical time. */
function commandSeconds(mode: BuildMode): number {
  return [...before, ...after].reduce((left, phase) => left - phase[mode], typicalSeconds[mode])
}

const phases: readonly Phase[] = [
  ...before,
  {
    name: 'BUILD',
    source: commandSeconds('source'),
    import: commandSeconds('import'),
    export: commandSeconds('export'),
  },
  ...after,
]

/** How long an idempotency token is remembered: five minutes. */
const tokenMs = 300_000

/** Between two looks of a build that waits for its turn. */
const queueLookSeconds = 5

/** What StartBuild asks for. */
export interface BuildOrder {
  overrides: {name: string; value: string; type?: string}[]
  idempotencyToken?: string
  initiator: string
}

/** The build that a token has started already. */
export function startedBefore(
  world: World,
  region: Region,
  project: Resource,
  token: string | undefined,
): BuildRecord | undefined {
  return Object.values(region.builds).find(
    build =>
      token !== undefined &&
      build.projectName === project.physicalId &&
      build.idempotencyToken === token &&
      world.now - build.startedAt < tokenMs,
  )
}

/** Starts a build, or gives back the one that the same token has started. */
export function startBuild(world: World, region: Region, project: Resource, order: BuildOrder): BuildRecord {
  const {idempotencyToken} = order
  const earlier = startedBefore(world, region, project, idempotencyToken)
  if (earlier) return earlier
  const buildNumber = (number(project.data.builds) ?? 0) + 1
  project.data.builds = buildNumber
  const build: BuildRecord = {
    id: `${project.physicalId}:${world.newUuid()}`,
    projectName: project.physicalId,
    number: buildNumber,
    status: 'IN_PROGRESS',
    currentPhase: 'SUBMITTED',
    startedAt: world.now,
    phases: [{name: 'SUBMITTED', startedAt: world.now}],
    environment: merged(projectEnvironment(project), order.overrides),
    idempotencyToken,
    initiator: order.initiator,
    ending: endingFor(world, region, project),
  }
  region.builds[build.id] = build
  scheduleEnd(world, region, build)
  publishEvent(world, region, buildEvent(world, region, project, build))
  return build
}

/** Stops a build that is under way. */
export function stopBuild(world: World, region: Region, build: BuildRecord): void {
  if (build.status !== 'IN_PROGRESS') return
  world.unschedule('codebuild.phase', data => data.build === build.id)
  endPhase(world, build, 'STOPPED')
  finish(world, region, build, 'STOPPED')
}

export function endBuildPhase(world: World, region: Region, data: EventData['codebuild.phase']): void {
  const build = region.builds[data.build]
  if (build?.status === 'IN_PROGRESS') nextPhase(world, region, build)
}

export function exportTarball(world: World, region: Region, data: EventData['codebuild.export']): void {
  const build = region.builds[data.build]
  const project = build && projectOf(world, region, build)
  if (project && build.status === 'IN_PROGRESS') {
    exportOne(buildContext(world, region, project, build), data.key)
  }
}

function projectEnvironment(project: Resource): Build['environment'] {
  return records(record(project.properties.Environment).EnvironmentVariables).map(({Name, Value, Type}) => ({
    name: text(Name) ?? '',
    value: text(Value) ?? '',
    type: text(Type) ?? 'PLAINTEXT',
  }))
}

function merged(base: Build['environment'], overrides: BuildOrder['overrides']): Build['environment'] {
  const kept = base.filter(({name}) => !overrides.some(override => override.name === name))
  return [...kept, ...overrides.map(override => ({...override, type: override.type ?? 'PLAINTEXT'}))]
}

function scheduleEnd(world: World, region: Region, build: BuildRecord): void {
  const phase = phases.find(({name}) => name === build.currentPhase)
  if (!phase) return
  const project = projectOf(world, region, build)
  const seconds =
    project && endingOf(build)?.status === 'TIMED_OUT'
      ? secondsToTimeout(world, project, build)
      : about(world, phase[modeOf(build)], build.projectName, build.number, phase.name)
  world.schedule('codebuild.phase', seconds, region.name, {build: build.id})
  if (phase.name === 'BUILD' && modeOf(build) === 'export') scheduleTarballs(world, region, build, seconds)
}

/** Images differ in size: their tarballs are written one after another in the last two thirds of the phase. */
function scheduleTarballs(world: World, region: Region, build: BuildRecord, seconds: number): void {
  const project = projectOf(world, region, build)
  if (!project) return
  for (const {key} of buildContext(world, region, project, build).images) {
    const share = 0.3 + 0.65 * world.chance('tarball', build.projectName, build.number, key)
    world.schedule('codebuild.export', seconds * share, region.name, {build: build.id, key})
  }
}

/** The current phase is over: what it did, and the next one. */
function nextPhase(world: World, region: Region, build: BuildRecord): void {
  const project = projectOf(world, region, build)
  if (!project) return finish(world, region, build, 'FAULT')
  const name = build.currentPhase
  const failed = build.phases.some(({status}) => status === 'FAILED')
  if (name === 'QUEUED') {
    if (hasToWait(world, region, project)) return waitOn(world, region, project, build)
    build.logging = true
  }
  const ending = endingOf(build)
  if (ending && ending.status !== 'FAILED') {
    endPhase(world, build, ending.status, ending.message)
    return finish(world, region, build, ending.status)
  }
  const failure = ending
    ? (ending.message ?? commandFailure(project, 'exit status 1'))
    : name === 'BUILD'
      ? work(world, region, project, build)
      : undefined
  endPhase(world, build, failure ? 'FAILED' : 'SUCCEEDED', failure)
  say(world, region, project, build, phaseWords(name, failure))
  const next = phaseAfter(name, failure !== undefined)
  if (!next) return finish(world, region, build, failed ? 'FAILED' : 'SUCCEEDED')
  build.currentPhase = next.name
  build.phases.push({name: next.name, startedAt: world.now})
  say(world, region, project, build, [`Entering phase ${next.name}`])
  scheduleEnd(world, region, build)
}

/** After a failure the commands that are left are not run, but POST_BUILD is where BUILD failed. */
function phaseAfter(name: string, failed: boolean): Phase | undefined {
  const isLast = failed && !['BUILD', 'POST_BUILD', 'UPLOAD_ARTIFACTS', 'FINALIZING'].includes(name)
  return isLast
    ? phases.find(phase => phase.name === 'FINALIZING')
    : phases[phases.findIndex(phase => phase.name === name) + 1]
}

/** Another look later: it is not known which of the builds before it ends first. */
function waitOn(world: World, region: Region, project: Resource, build: BuildRecord): void {
  if (!hasWaitedTooLong(world, project, build)) {
    return world.schedule('codebuild.phase', queueLookSeconds, region.name, {build: build.id})
  }
  endPhase(world, build, 'TIMED_OUT')
  finish(world, region, build, 'TIMED_OUT')
}

function work(world: World, region: Region, project: Resource, build: BuildRecord): string | undefined {
  const result = doWork(world, region, project, build)
  write(world, region, project, build, result.log)
  build.exported = [{name: 'FAILED_IMAGES', value: result.failedImages.join(' ')}]
  return result.failure && commandFailure(project, result.failure)
}

function commandFailure(project: Resource, reason: string): string {
  return `COMMAND_EXECUTION_ERROR: Error while executing command: ${lastCommand(project)}. Reason: ${reason}`
}

/** The last line of the build specification's build phase stands for all of its commands. */
function lastCommand(project: Resource): string {
  const specification = text(record(project.properties.Source).BuildSpec) ?? ''
  const build = specification.slice(Math.max(0, specification.search(/^ +build:/m)))
  const ended = build.search(/^ {2}post_build:/m)
  const lines = (ended > 0 ? build.slice(0, ended) : build).trimEnd().split('\n')
  return (lines.at(-1) ?? 'build').trim().replace(/^- /, '')
}

function endPhase(world: World, build: BuildRecord, status: string, message?: string): void {
  const phase = build.phases.at(-1)
  if (!phase) return
  phase.status = status
  phase.endedAt = world.now
  if (message) phase.message = message
}

function finish(world: World, region: Region, build: BuildRecord, status: Build['status']): void {
  build.status = status
  build.currentPhase = 'COMPLETED'
  build.endedAt = world.now
  build.phases.push({name: 'COMPLETED', startedAt: world.now})
  const project = projectOf(world, region, build)
  if (project) publishEvent(world, region, buildEvent(world, region, project, build))
}

/** How CodeBuild words the end of a phase. Source: CodeBuild user guide, "Troubleshooting AWS CodeBuild", build logs. */
function phaseWords(name: string, failure: string | undefined): readonly string[] {
  const [, code = '', message = ''] = /^([A-Z_]+): ([\s\S]*)$/.exec(failure ?? '') ?? []
  return [
    `Phase complete: ${name} State: ${failure ? 'FAILED' : 'SUCCEEDED'}`,
    `Phase context status code: ${code} Message: ${message}`,
  ]
}

/** Writes what CodeBuild itself says into the build's log, as it does, with the time. */
function say(
  world: World,
  region: Region,
  project: Resource,
  build: BuildRecord,
  lines: readonly string[],
): void {
  const [day = '', time = ''] = new Date(world.now).toISOString().replaceAll('-', '/').split(/[TZ]/)
  write(
    world,
    region,
    project,
    build,
    lines.map(line => `[Container] ${day} ${time}000 ${line}`),
  )
}

/** Writes what the build's commands say. */
function write(
  world: World,
  region: Region,
  project: Resource,
  build: BuildRecord,
  lines: readonly string[],
): void {
  const log = logOf(project, build)
  if (log) writeLog(world, region, log.group, log.stream, lines)
}
