import type {Build, Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {flag, number, record, text} from '../../resources/values.js'
import type {AccountEvent} from '../events/rules.js'
import {type BuildRecord, logOf} from './build-record.js'

/** The event that CodeBuild sends when a build changes its state. Source: CodeBuild user guide, "Build notifications input format reference". */
export function buildEvent(
  world: World,
  region: Region,
  project: Resource,
  build: BuildRecord,
): AccountEvent {
  const arn = buildArn(world, region, build)
  const environment = record(project.properties.Environment)
  const source = record(project.properties.Source)
  const log = logOf(project, build)
  return {
    source: 'aws.codebuild',
    'detail-type': 'CodeBuild Build State Change',
    resources: [arn],
    detail: {
      'build-status': build.status,
      'project-name': build.projectName,
      'build-id': arn,
      'additional-information': {
        artifact: {location: ''},
        environment: {
          image: text(environment.Image),
          'privileged-mode': flag(environment.PrivilegedMode) ?? false,
          'compute-type': text(environment.ComputeType),
          type: text(environment.Type),
          'environment-variables': [],
        },
        'timeout-in-minutes': number(project.properties.TimeoutInMinutes) ?? 60,
        'build-complete': build.status !== 'IN_PROGRESS',
        'build-number': build.number,
        initiator: build.initiator,
        'build-start-time': eventTime(build.startedAt),
        source: {location: text(source.Location), type: text(source.Type)},
        'source-version': text(project.properties.SourceVersion),
        logs: log && {'group-name': log.group, 'stream-name': log.stream, 'deep-link': logLink(region, log)},
        phases: build.phases.map(phaseDetail),
      },
      'current-phase': build.currentPhase,
      'current-phase-context': '[]',
      version: '1',
    },
  }
}

export function buildArn(world: World, region: Region, build: Build): string {
  return `arn:aws:codebuild:${region.name}:${world.account.id}:build/${build.id}`
}

export function logLink(region: Region, log: {group: string; stream: string}): string {
  const part = (value: string) => encodeURIComponent(encodeURIComponent(value)).replaceAll('%', '$')
  return `https://console.aws.amazon.com/cloudwatch/home?region=${region.name}#logsV2:log-groups/log-group/${part(log.group)}/log-events/${part(log.stream)}`
}

function phaseDetail(phase: Build['phases'][number]): Record<string, unknown> {
  return {
    'phase-type': phase.name,
    'phase-status': phase.status,
    'phase-context': [phase.message ?? ' : '],
    'start-time': eventTime(phase.startedAt),
    ...(phase.endedAt === undefined
      ? {}
      : {
          'end-time': eventTime(phase.endedAt),
          'duration-in-seconds': Math.round((phase.endedAt - phase.startedAt) / 1000),
        }),
  }
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Nov 22, 2026 5:01:09 PM`, in UTC. */
function eventTime(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const hour = date.getUTCHours()
  return `${monthNames[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()} ${hour % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`
}
