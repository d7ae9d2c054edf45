/**
 * What verify found. `reason` says what is wrong and what to do; null where all is well. `links` is empty when the way
 * in was not tried.
 */
export interface Health {
  healthy: boolean
  services: ServiceHealth[]
  targetGroups: TargetGroupHealth[]
  endpoints: EndpointHealth[]
  links: LinkHealth[]
  /** Resources of the stacks that are not as they were made: only these. */
  resources: ResourceHealth[]
  /** How many resources were looked at; 0 where none was. */
  resourcesChecked: number
}

/**
 * A resource that is not as its stack made it, `ok` false; or a type of resources that could not be looked at, `ok` null and
 * without logical id, physical id and stack. `hint` is what to do.
 */
export interface ResourceHealth {
  name: string
  logicalId: string | null
  type: string
  physicalId: string | null
  stack: string | null
  ok: false | null
  reason: string
  hint: string
}

/** One ECS service: it should run all the tasks that it should. */
export interface ServiceHealth {
  name: string
  cluster: string
  desired: number
  running: number
  pending: number
  rollout: string
  ok: boolean
  reason: string | null
}

/** One target group: a listener sends to it, and everything in it answers health checks. */
export interface TargetGroupHealth {
  name: string
  healthy: number
  total: number
  ok: boolean
  reason: string | null
  targets: {id: string; port: number; state: string; reason: string | null}[]
}

/** One public address. `status` is null when nothing answered. */
export interface EndpointHealth {
  name: string
  url: string
  status: number | null
  ok: boolean
  reason: string | null
}

/**
 * One link of the way in of a student, in the order in which one needs them. `reason` says what is wrong, `hint` what to
 * do; both are null where all is well. A link that lies behind a broken one was not tried, and has no hint of its own.
 */
export interface LinkHealth {
  name: string
  ok: boolean
  reason: string | null
  hint: string | null
}
