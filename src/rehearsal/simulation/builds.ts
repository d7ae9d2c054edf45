import type {Build, Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'
import {buildEvent} from './build-event.js'
import {type BuildRecord, logOf} from './build-record.js'
import {doWork, variable} from './build-work.js'
import {publishEvent} from './event-rules.js'
import {writeLog} from './log-streams.js'
import {about} from './timing.js'
import {number, record, records, text} from './values.js'

export const projectType = 'AWS::CodeBuild::Project'

interface Phase {
  name: string
  /** Typical seconds when building from source. */
  source: number
  /** Typical seconds when importing ready-made images. */
  import: number
}

/**
 * Typical durations, 540 s in all from source and 180 s by import.
 * Source of the phases: CodeBuild user guide, "Build phase transitions".
 */
const phases: readonly Phase[] = [
  {name: 'SUBMITTED', source: 0.5, import: 0.5},
  {name: 'QUEUED', source: 1, import: 1},
  {name: 'PROVISIONING', source: 9, import: 9},
  {name: 'DOWNLOAD_SOURCE', source: 6, import: 2},
  {name: 'INSTALL', source: 1, import: 1},
  {name: 'PRE_BUILD', source: 1, import: 1},
  {name: 'BUILD', source: 515, import: 160},
  {name: 'POST_BUILD', source: 1, import: 1},
  {name: 'UPLOAD_ARTIFACTS', source: 1, import: 1},
  {name: 'FINALIZING', source: 3, import: 3},
]

/** How long an idempotency token is remembered: five minutes. */
const tokenMs = 300_000

/** What StartBuild asks for. */
export interface BuildOrder {
  overrides: {name: string; value: string; type?: string}[]
  idempotencyToken?: string
  initiator: string
}

/** Starts a build, or gives back the one that the same token has started. */
export function startBuild(world: World, region: Region, project: Resource, order: BuildOrder): BuildRecord {
  const {idempotencyToken} = order
  const earlier = Object.values(region.builds).find(
    build =>
      idempotencyToken !== undefined &&
      build.projectName === project.physicalId &&
      build.idempotencyToken === idempotencyToken &&
      world.now - build.startedAt < tokenMs,
  )
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

export function registerBuilds(world: World): void {
  world.on('codebuild.phase', (_world, region, data) => {
    const build = region.builds[String(data.build)]
    if (build?.status === 'IN_PROGRESS') nextPhase(world, region, build)
  })
}

export function projectOf(world: World, region: Region, build: Build): Resource | undefined {
  return world.resource(region, projectType, build.projectName)
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
  const seconds = variable(build, 'CONTAINER_IMAGES_BUCKET') ? phase.import : phase.source
  world.schedule(
    'codebuild.phase',
    about(world, seconds, build.projectName, build.number, phase.name),
    region.name,
    {
      build: build.id,
    },
  )
}

/** The current phase is over: what it did, and the next one. */
function nextPhase(world: World, region: Region, build: BuildRecord): void {
  const project = projectOf(world, region, build)
  if (!project) return finish(world, region, build, 'FAULT')
  const name = build.currentPhase
  const failed = build.phases.some(({status}) => status === 'FAILED')
  if (name === 'QUEUED') build.logging = true
  const failure = name === 'BUILD' ? work(world, region, project, build) : undefined
  endPhase(world, build, failure ? 'FAILED' : 'SUCCEEDED', failure)
  say(world, region, project, build, [`Phase complete: ${name} State: ${failure ? 'FAILED' : 'SUCCEEDED'}`])
  const next = phases[phases.findIndex(phase => phase.name === name) + 1]
  if (!next) return finish(world, region, build, failed ? 'FAILED' : 'SUCCEEDED')
  build.currentPhase = next.name
  build.phases.push({name: next.name, startedAt: world.now})
  say(world, region, project, build, [`Entering phase ${next.name}`])
  scheduleEnd(world, region, build)
}

function work(world: World, region: Region, project: Resource, build: BuildRecord): string | undefined {
  const result = doWork(world, region, project, build)
  say(world, region, project, build, result.log)
  build.exported = [{name: 'FAILED_IMAGES', value: result.failedImages.join(' ')}]
  return (
    result.failure &&
    `COMMAND_EXECUTION_ERROR: Error while executing command: ${lastCommand(project)}. Reason: ${result.failure}`
  )
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

function say(
  world: World,
  region: Region,
  project: Resource,
  build: BuildRecord,
  lines: readonly string[],
): void {
  const log = logOf(project, build)
  if (!log) return
  writeLog(
    world,
    region,
    log.group,
    log.stream,
    lines.map(line => `[Container] ${line}`),
  )
}
