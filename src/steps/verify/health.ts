import type {Aws} from '../../aws/aws.js'
import type {Clock} from '../../clock.js'
import type {Health} from '../../results.js'
import {checkEndpoints} from './check-endpoints.js'
import {checkServices} from './check-services.js'
import {checkTargetGroups} from './check-target-groups.js'

/** What the checks need to know. */
export interface CheckTarget {
  readonly aws: Aws
  readonly clock: Clock
  readonly environment: string
  /** Of the environment's stacks: where the endpoints are. */
  readonly outputs: Readonly<Record<string, string>>
  /** True when the environment has its own domain: its listeners then have other ports. */
  readonly hasDomain: boolean
  readonly signal: AbortSignal
  commandLine(command: string): string
}

/** Runs every check, whatever the others find. */
export async function checkHealth(target: CheckTarget): Promise<Health> {
  const [services, targetGroups, endpoints] = await Promise.all([
    checkServices(target),
    checkTargetGroups(target),
    checkEndpoints(target),
  ])
  const healthy = [...services, ...targetGroups, ...endpoints].every(({ok}) => ok)
  return {healthy, services, targetGroups, endpoints}
}
