import type {Build as SdkBuild, BuildPhase as SdkPhase} from '@aws-sdk/client-codebuild'
import {failed} from '../errors.js'
import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {unlessAbsent} from './pages.js'

/** A CodeBuild build. Times are epoch ms. */
export interface Build {
  /** `project:uuid`. */
  readonly id: string
  readonly number: number
  /** SUCCEEDED, FAILED, FAULT, TIMED_OUT, IN_PROGRESS, STOPPED. */
  readonly status: string
  /** SUBMITTED, QUEUED, PROVISIONING … COMPLETED. */
  readonly currentPhase: string
  readonly complete: boolean
  readonly startedAt?: number
  readonly endedAt?: number
  readonly phases: readonly BuildPhase[]
  /** Absent until PROVISIONING, when the log stream is made. */
  readonly logs?: {readonly group: string; readonly stream: string; readonly url?: string}
  /** Plain-text variables only. */
  readonly environment: Readonly<Record<string, string>>
  /** What its commands hand on at their end, by name. */
  readonly exported?: Readonly<Record<string, string>>
}

/** One phase; the one that runs has neither status nor seconds. */
export interface BuildPhase {
  readonly name: string
  readonly status?: string
  readonly seconds?: number
  /** What CodeBuild says about a failure. */
  readonly message?: string
}

/** CodeBuild. */
export interface Builds {
  /** The newest build; undefined when the project has none or does not exist. */
  latest(project: string): Promise<Build | undefined>
  /** The ten newest builds, newest first; empty when the project has none or does not exist. */
  recent(project: string): Promise<readonly Build[]>
  describe(id: string): Promise<Build | undefined>
  /** Starts a build with variables of its own. The same token never starts a second one. */
  start(project: string, variables: Readonly<Record<string, string>>, token: string): Promise<Build>
}

/** Of the builds that CodeBuild lists, as many are looked at. */
const recentBuilds = 10

export function createBuilds(clients: Pick<Clients, 'codeBuild'>): Builds {
  /** Newest first. */
  const newest = async (project: string, most: number) => {
    const codeBuild = await clients.codeBuild()
    // Newest first by default; naming the order is an error for projects with more than 100 builds.
    const answer = await unlessAbsent(
      () => codeBuild.listBuildsForProject({projectName: project}),
      error => isNamed(error, 'ResourceNotFoundException'),
      undefined,
    )
    const ids = answer?.ids?.slice(0, most) ?? []
    if (ids.length === 0) return []
    const {builds = []} = await codeBuild.batchGetBuilds({ids})
    return builds.map(buildOf).sort((a, b) => b.number - a.number)
  }
  return {
    async describe(id) {
      const codeBuild = await clients.codeBuild()
      const {builds} = await codeBuild.batchGetBuilds({ids: [id]})
      return builds?.[0] && buildOf(builds[0])
    },
    latest: async project => (await newest(project, 1))[0],
    recent: project => newest(project, recentBuilds),
    async start(project, variables, token) {
      const codeBuild = await clients.codeBuild()
      const {build} = await codeBuild.startBuild({
        projectName: project,
        environmentVariablesOverride: Object.entries(variables).map(([name, value]) => ({
          name,
          value,
          type: 'PLAINTEXT',
        })),
        idempotencyToken: token,
      })
      if (build === undefined) throw failed('INTERNAL', 'CodeBuild started a build and did not say which.')
      return buildOf(build)
    },
  }
}

function buildOf(build: SdkBuild): Build {
  const {groupName: group, streamName: stream, deepLink: url} = build.logs ?? {}
  return {
    id: build.id ?? '',
    number: build.buildNumber ?? 0,
    status: build.buildStatus ?? '',
    currentPhase: build.currentPhase ?? '',
    complete: build.buildComplete ?? false,
    startedAt: build.startTime?.getTime(),
    endedAt: build.endTime?.getTime(),
    phases: (build.phases ?? []).map(phaseOf),
    logs: group && stream ? {group, stream, url} : undefined,
    environment: Object.fromEntries(
      (build.environment?.environmentVariables ?? [])
        .filter(({type}) => type === undefined || type === 'PLAINTEXT')
        .map(({name = '', value = ''}) => [name, value]),
    ),
    exported:
      build.exportedEnvironmentVariables &&
      Object.fromEntries(build.exportedEnvironmentVariables.map(({name = '', value = ''}) => [name, value])),
  }
}

function phaseOf(phase: SdkPhase): BuildPhase {
  const messages = (phase.contexts ?? []).flatMap(({message}) => message || [])
  return {
    name: phase.phaseType ?? '',
    status: phase.phaseStatus,
    seconds: phase.durationInSeconds,
    message: messages.length > 0 ? messages.join(' ') : undefined,
  }
}
