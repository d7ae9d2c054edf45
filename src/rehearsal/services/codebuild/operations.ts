import type {Build as BuildShape, Project as ProjectShape} from '@aws-sdk/client-codebuild'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {pageOf} from '../../resources/paging.js'
import {type ApiSpelling, apiShape, number, record, text} from '../../resources/values.js'
import {modelled, type Operations} from '../../wire/index.js'
import {buildArn, logLink} from './build-event.js'
import {startRefusal} from './build-queue.js'
import {type BuildRecord, logOf, projectOf, projectType} from './build-record.js'
import {startBuild, startedBefore, stopBuild} from './builds.js'

/** Ids per call of the Batch operations, and per page of the List operations. */
const perCall = 100

const spelling: ApiSpelling = {
  rename: {BuildSpec: 'buildspec', GroupName: 'groupName'},
  numbers: new Set(['gitCloneDepth']),
  booleans: new Set([
    'privilegedMode',
    'reportBuildStatus',
    'insecureSsl',
    'encryptionDisabled',
    'fetchSubmodules',
  ]),
}

function codeBuildShape<Shape>(value: unknown): Shape {
  return (value === undefined ? undefined : apiShape(value, spelling)) as Shape
}

/** AWS CodeBuild, as far as starting and following builds goes. Source: AWS CodeBuild API reference. */
export function codeBuildOperations(world: World): Operations<'codebuild'> {
  return {
    StartBuild(input, {region: name}) {
      const region = world.region(name)
      const project = demandProject(world, region, input.projectName)
      const refusal = startRefusal(world, region, project)
      if (refusal !== undefined && !startedBefore(world, region, project, input.idempotencyToken)) {
        throw modelled('AccountLimitExceededException', refusal)
      }
      const build = startBuild(world, region, project, {
        overrides: (input.environmentVariablesOverride ?? []).map(({name: key = '', value = '', type}) => ({
          name: key,
          value,
          type,
        })),
        idempotencyToken: input.idempotencyToken,
        initiator: 'rehearsal',
      })
      return {build: describeBuild(world, region, build)}
    },
    StopBuild({id}, {region: name}) {
      const region = world.region(name)
      const build = findBuild(region, id ?? '')
      if (!build) {
        throw modelled('ResourceNotFoundException', `Build ${id} does not exist`)
      }
      stopBuild(world, region, build)
      return {build: describeBuild(world, region, build)}
    },
    BatchGetBuilds({ids = []}, {region: name}) {
      if (ids.length > perCall)
        throw modelled('InvalidInputException', `Invalid ids: at most ${perCall} are allowed`)
      const region = world.region(name)
      const found = ids.map(id => ({id, build: findBuild(region, id)}))
      return {
        builds: found.flatMap(({build}) => (build ? [describeBuild(world, region, build)] : [])),
        buildsNotFound: found.filter(({build}) => !build).map(({id}) => id),
      }
    },
    ListBuildsForProject({projectName, sortOrder, nextToken}, {region: name}) {
      const region = world.region(name)
      const project = demandProject(world, region, projectName)
      const ids = Object.values(region.builds)
        .filter(build => build.projectName === project.physicalId)
        .sort((left, right) => (right.number - left.number) * (sortOrder === 'ASCENDING' ? -1 : 1))
        .map(({id}) => id)
      return pageOfIds(ids, nextToken)
    },
    ListBuilds({sortOrder, nextToken}, {region: name}) {
      const ids = Object.values(world.region(name).builds)
        .sort((left, right) => (right.startedAt - left.startedAt) * (sortOrder === 'ASCENDING' ? -1 : 1))
        .map(({id}) => id)
      return pageOfIds(ids, nextToken)
    },
    BatchGetProjects({names = []}, {region: name}) {
      const region = world.region(name)
      const found = names.map(reference => ({reference, project: findProject(world, region, reference)}))
      return {
        projects: found.flatMap(({project}) => (project ? [describeProject(project)] : [])),
        projectsNotFound: found.filter(({project}) => !project).map(({reference}) => reference),
      }
    },
    DeleteProject({name: reference = ''}, {region: name}) {
      const region = world.region(name)
      // Deleting what is not there succeeds.
      const project = findProject(world, region, reference)
      if (!project) return {}
      for (const [id, build] of Object.entries(region.builds)) {
        if (build.projectName === project.physicalId && build.status !== 'IN_PROGRESS')
          delete region.builds[id]
      }
      world.remove(region, project)
      return {}
    },
    ListProjects({sortOrder}, {region: name}) {
      const projects = world
        .resourcesOf(world.region(name), projectType)
        .map(({physicalId}) => physicalId)
        .sort()
      return {projects: sortOrder === 'DESCENDING' ? projects.reverse() : projects}
    },
  }
}

function findProject(world: World, region: Region, reference: string): Resource | undefined {
  return world.resource(region, projectType, reference.slice(reference.lastIndexOf('/') + 1))
}

/** @throws ResourceNotFoundException */
function demandProject(world: World, region: Region, name = ''): Resource {
  const project = findProject(world, region, name)
  if (project) return project
  const arn = `arn:aws:codebuild:${region.name}:${world.account.id}:project/${name}`
  throw modelled('ResourceNotFoundException', `Project cannot be found: ${arn}`)
}

/** By id or ARN. */
function findBuild(region: Region, reference: string): BuildRecord | undefined {
  return region.builds[reference.slice(reference.lastIndexOf('/') + 1)]
}

/** A page of ids, as both lists of builds answer. */
function pageOfIds(ids: readonly string[], token: string | undefined) {
  const refusal = () => modelled('InvalidInputException', 'Invalid token.')
  const page = pageOf(ids, token, perCall, refusal)
  return {ids: page.items, nextToken: page.next}
}

function describeBuild(world: World, region: Region, build: BuildRecord): BuildShape {
  const project = projectOf(world, region, build)
  const properties = project?.properties ?? {}
  const log = logOf(project, build)
  return {
    id: build.id,
    arn: buildArn(world, region, build),
    buildNumber: build.number,
    startTime: new Date(build.startedAt),
    endTime: build.endedAt === undefined ? undefined : new Date(build.endedAt),
    currentPhase: build.currentPhase,
    buildStatus: build.status,
    buildComplete: build.status !== 'IN_PROGRESS',
    projectName: build.projectName,
    sourceVersion: text(properties.SourceVersion),
    phases: build.phases.map(phase => ({
      phaseType: phase.name as 'BUILD',
      phaseStatus: phase.status as 'SUCCEEDED' | undefined,
      startTime: new Date(phase.startedAt),
      endTime: phase.endedAt === undefined ? undefined : new Date(phase.endedAt),
      durationInSeconds:
        phase.endedAt === undefined ? undefined : Math.round((phase.endedAt - phase.startedAt) / 1000),
      contexts: phase.status === undefined ? undefined : [contextOf(phase.message)],
    })),
    source: codeBuildShape(properties.Source),
    artifacts: {location: ''},
    cache: {type: 'NO_CACHE'},
    environment: {
      ...codeBuildShape<NonNullable<BuildShape['environment']>>(properties.Environment),
      environmentVariables: build.environment.map(({name, value, type}) => ({
        name,
        value,
        type: (type ?? 'PLAINTEXT') as 'PLAINTEXT',
      })),
    },
    serviceRole: text(properties.ServiceRole),
    logs: log && {
      groupName: log.group,
      streamName: log.stream,
      deepLink: logLink(region, log),
      cloudWatchLogsArn: `arn:aws:logs:${region.name}:${world.account.id}:log-group:${log.group}:log-stream:${log.stream}`,
    },
    timeoutInMinutes: number(properties.TimeoutInMinutes) ?? 60,
    queuedTimeoutInMinutes: number(properties.QueuedTimeoutInMinutes) ?? 480,
    initiator: build.initiator,
    exportedEnvironmentVariables: build.exported,
  }
}

/** `CODE: message` taken apart; a phase that went well has an empty context. */
function contextOf(message: string | undefined): {statusCode: string; message: string} {
  const [, statusCode = '', rest = ''] = /^([A-Z_]+): (.*)$/s.exec(message ?? '') ?? []
  return {statusCode, message: rest}
}

function describeProject(project: Resource): ProjectShape {
  const {properties} = project
  return {
    name: project.physicalId,
    arn: text(project.attributes.Arn),
    description: text(properties.Description),
    source: codeBuildShape(properties.Source),
    sourceVersion: text(properties.SourceVersion),
    artifacts: codeBuildShape(properties.Artifacts),
    environment: codeBuildShape(properties.Environment),
    serviceRole: text(properties.ServiceRole),
    timeoutInMinutes: number(properties.TimeoutInMinutes) ?? 60,
    queuedTimeoutInMinutes: number(properties.QueuedTimeoutInMinutes) ?? 480,
    tags: Object.entries(project.tags).map(([key, value]) => ({key, value})),
    created: new Date(project.createdAt),
    lastModified: new Date(number(project.data.modifiedAt) ?? project.createdAt),
    logsConfig: codeBuildShape(record(properties.LogsConfig)),
  }
}
