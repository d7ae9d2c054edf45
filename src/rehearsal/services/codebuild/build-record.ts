import type {Build, Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import type {FaultOf} from '../../faults/fault.js'
import {record, text} from '../../resources/values.js'

/** A build as the account keeps it: with what CodeBuild knows beside the phases. */
export interface BuildRecord extends Build {
  /** What the build specification exports. */
  exported?: {name: string; value: string}[]
  /** Whether the log stream exists: from PROVISIONING on. */
  logging?: boolean
  /** How a fault wants it to end. */
  ending?: FaultOf<'end-build'>['options']
}

export const projectType = 'AWS::CodeBuild::Project'

/** The project of a build, while it exists. */
export function projectOf(world: World, region: Region, build: Build): Resource | undefined {
  return world.resource(region, projectType, build.projectName)
}

/** Where a build's log goes; undefined before it is provisioned. */
export function logOf(
  project: Resource | undefined,
  build: BuildRecord,
): {group: string; stream: string} | undefined {
  if (!build.logging) return undefined
  const logs = record(record(project?.properties.LogsConfig).CloudWatchLogs)
  const uuid = build.id.slice(build.id.indexOf(':') + 1)
  const prefix = text(logs.StreamName)
  return {
    group: text(logs.GroupName) ?? `/aws/codebuild/${build.projectName}`,
    stream: prefix ? `${prefix}/${uuid}` : uuid,
  }
}
