/**
 * Everything that happens by itself in an account, by name, and all that its handler is told. Plain data, because it
 * waits in the account's state: ids and words, never objects, which may have changed or gone by then.
 */
export interface EventData {
  /** A stack looks at what it can begin or end next. */
  'stack.step': OfOperation
  /** A creation has taken as long as it may. */
  'stack.timeout': OfOperation
  /** What is under way in a stack is cancelled, because part of it failed. */
  'stack.cancel': OfOperation
  /** A stack goes back to what it was, or ends where it is. */
  'stack.turn-back': OfOperation
  /** A part of the work on a resource is due. */
  'resource.work': OfOperation & {logicalId: string; work: ResourceWork}
  /** The deletion of a resource has had its time; `blocked` is why it will fail, `again` that it is to be tried anew. */
  'resource.gone': OfOperation & {logicalId: string; physicalId: string; blocked?: string; again?: true}
  /** A deletion that no stack waits for has had its time; one that has been put off since is due at another moment. */
  'resource.vanish': {type: string; physicalId: string; until: number}
  /** A nested stack has come to the end of its part. */
  'child.settled': OfOperation & {childId: string}
  /** A change set is worked out. */
  'change-set.plan': OfChangeSet
  /** What a change set came to shows. */
  'change-set.settle': OfChangeSet & {outcome: ChangeSetOutcome}
  /** A change set whose deletion has begun is gone, and those of nested stacks with it. */
  'change-set.gone': OfChangeSet

  /** A task moves on to its next stage. `task` is its ARN here and below. */
  'ecs.task': {task: string}
  /** The health checks of a task's containers have had their time. */
  'ecs.task-healthy': {task: string}
  /** A container ends because it cannot look up `host`; `name` is its own. */
  'ecs.name-not-found': {task: string; name: string; host: string}
  /** A task that has stopped is no longer remembered. */
  'ecs.task-forget': {task: string}
  /** The scheduler looks at a service, by ARN. */
  'ecs.schedule': {service: string}
  /** A deployment, by id, has been rolled out for long enough. */
  'ecs.steady': {service: string; deployment: string}

  /** A health check is over; one that the target no longer waits for is ignored. */
  'elb.check': {targetGroup: string; check: string}
  /** All targets of the region are looked at again. */
  'elb.reconsider': Record<never, never>

  /** A build, by id, comes to the end of its phase. */
  'codebuild.phase': {build: string}
  /** An export writes an image's tarball. */
  'codebuild.export': {build: string; key: string}

  /** A function runs. `event` is what it is given, `attempt` counts from 0. */
  'lambda.invoke': {function: string; event: unknown; attempt: number; requestId: string}

  /** A log group that was deleted is made again by whoever still writes to it. */
  'logs.recreate': {group: string}

  /** A fault, by id, begins, ends, or comes round again; none when faults were removed. */
  'fault.turn': {fault: string}
}

export type EventName = keyof EventData

interface OfOperation {
  stackId: string
  /** The operation that the event belongs to. */
  operationId: string
}

interface OfChangeSet {
  stackId: string
  changeSetId: string
}

/** A part of the work on a resource: handed over as new, given new properties, looked at whether it is ready. */
export type ResourceWork = 'create' | 'apply' | 'settle'

/** What working out a change set came to. */
export interface ChangeSetOutcome {
  status: 'CREATE_COMPLETE' | 'FAILED'
  reason?: string
  /** Seconds from when it was worked out until it shows. */
  seconds: number
}
