import type {Region, Resource} from '../../account/account.js'
import {type Quota, quotas} from '../../account/quotas.js'
import type {World} from '../../account/world.js'
import {quotaValue} from '../../faults/quota-value.js'
import {number, record, text} from '../../resources/values.js'
import {type BuildRecord, projectOf} from './build-record.js'

/** As many builds of an environment may wait as five times those that may run. Source: CodeBuild user guide, "Builds". */
const waitingPerRunning = 5
const defaultQueuedMinutes = 480
const minuteMs = 60_000

const quotaByComputeType: Readonly<Record<string, Quota>> = {
  BUILD_GENERAL1_SMALL: quotas.smallBuilds,
  BUILD_GENERAL1_MEDIUM: quotas.mediumBuilds,
  BUILD_GENERAL1_LARGE: quotas.largeBuilds,
}

/** The quota that counts a project's builds; undefined for an environment of which the account counts none. */
function quotaOf({properties}: Resource): Quota | undefined {
  const {Type, ComputeType} = record(properties.Environment)
  return text(Type) === 'LINUX_CONTAINER' ? quotaByComputeType[text(ComputeType) ?? ''] : undefined
}

/** Why no further build of a project can be started, in AWS's words; undefined when one can. */
export function startRefusal(world: World, region: Region, project: Resource): string | undefined {
  const quota = quotaOf(project)
  if (!quota) return undefined
  const mayRun = quotaValue(world.account, quota)
  const mayWait = mayRun * waitingPerRunning
  if (underWay(world, region, quota).length < mayRun + mayWait) return undefined
  return `Cannot have more than ${mayWait} builds in queue for the account`
}

/** Whether a build has to wait because as many others run as may. */
export function hasToWait(world: World, region: Region, project: Resource): boolean {
  const quota = quotaOf(project)
  if (!quota) return false
  const running = underWay(world, region, quota).filter(
    ({currentPhase}) => currentPhase !== 'SUBMITTED' && currentPhase !== 'QUEUED',
  )
  return running.length >= quotaValue(world.account, quota)
}

/** Whether a build has waited as long as its project lets it. */
export function hasWaitedTooLong(world: World, project: Resource, build: BuildRecord): boolean {
  const minutes = number(project.properties.QueuedTimeoutInMinutes) ?? defaultQueuedMinutes
  return world.now - build.startedAt >= minutes * minuteMs
}

/** The builds of a region that count towards a quota. */
function underWay(world: World, region: Region, quota: Quota): BuildRecord[] {
  return Object.values(region.builds).filter(build => {
    if (build.status !== 'IN_PROGRESS') return false
    const project = projectOf(world, region, build)
    return project !== undefined && quotaOf(project) === quota
  })
}
