import type {Build, Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {triggerFault} from '../../faults/schedule.js'
import {fits} from '../../faults/values.js'
import {number} from '../../resources/values.js'
import type {BuildRecord} from './build-record.js'

/** How a fault wants the next build of a project to end; undefined when it shall end by itself. */
export function endingFor(world: World, region: Region, project: Resource): BuildRecord['ending'] {
  const occasion = {key: project.physicalId, region: region.name}
  return triggerFault(world, 'end-build', occasion, ({where}) => fits(where, project.physicalId))?.options
}

/** How a fault lets a build end in the phase it is in, and what the phase's context says then. */
export interface Ending {
  status: Exclude<Build['status'], 'IN_PROGRESS' | 'SUCCEEDED'>
  message?: string
}

/** What a project allows a build unless it says so. Source: CodeBuild API reference, CreateProject. */
const defaultTimeoutMinutes = 60

/** Source: CodeBuild API reference, PhaseContext, and user guide, "Troubleshooting AWS CodeBuild". */
export function endingOf({ending, currentPhase}: BuildRecord): Ending | undefined {
  const status = ending?.status
  if (!ending || status === undefined || status === 'SUCCEEDED' || ending.image !== undefined)
    return undefined
  if (currentPhase !== (ending.phase ?? (status === 'FAULT' ? 'PROVISIONING' : 'BUILD'))) return undefined
  if (status === 'STOPPED') return {status}
  if (status === 'TIMED_OUT') return {status, message: 'BUILD_TIMED_OUT: Build has timed out. '}
  if (status === 'FAULT') {
    return {status, message: 'INTERNAL_SERVICE_ERROR: CodeBuild is experiencing an internal error.'}
  }
  const isCommand = ['INSTALL', 'PRE_BUILD', 'BUILD', 'POST_BUILD'].includes(currentPhase)
  return isCommand ? {status} : {status, message: 'CLIENT_ERROR: the source could not be reached'}
}

/** Seconds that are left of what the project allows a build. */
export function secondsToTimeout(world: World, project: Resource, {startedAt}: Build): number {
  const minutes = number(project.properties.TimeoutInMinutes) ?? defaultTimeoutMinutes
  return minutes * 60 - (world.now - startedAt) / 1000
}
