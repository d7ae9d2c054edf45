import {dictionary} from './dictionary.js'
import type {EventQueue} from './event-queue.js'
import type {SetFault} from './fault.js'
import type {Session} from './session.js'
import type {Stack} from './stack.js'

/**
 * Everything the embedded account knows: plain data, so that it can be written to a file at any moment and
 * continue from there. Times are epoch milliseconds of the virtual clock.
 */
export interface Account {
  /** Layout of this document: an earlier one is brought up to it, any other refused. */
  version: 2
  /** Twelve digits, derived from the seed. */
  id: string
  seed: number
  /** Virtual time of the last thing that happened. */
  now: number
  /** Counts ids and events; only ever grows. */
  sequence: number
  /** What will happen by itself. */
  eventQueue: EventQueue
  /** Quotas that were set, by code; the others are as the account begins with them. */
  quotas?: Record<string, number>
  /** Faults that were set, those that are over included. */
  faults?: SetFault[]
  /** How many faults were ever set: counts their ids. */
  faultsMade?: number
  /** Temporary credentials by access key id, expired ones included. */
  sessions?: Record<string, Session>
  /** Names are global in S3, so buckets are outside the regions. */
  buckets: Record<string, Bucket>
  regions: Record<string, Region>
}

export interface Region {
  name: string
  /** By stack id, deleted ones included. */
  stacks: Record<string, Stack>
  /** By `resourceKey(type, physicalId)`; added and removed by `World` alone, which keeps an index. */
  resources: Record<string, Resource>
  /** ECS tasks by ARN, stopped ones included. */
  tasks: Record<string, Task>
  /** CodeBuild builds by id (`project:uuid`). */
  builds: Record<string, Build>
}

/** A live resource, whoever made it. */
export interface Resource {
  /** CloudFormation's type name, also for resources made through a service's own API. */
  type: string
  /** What `Ref` returns. */
  physicalId: string
  /** Resolved properties as last applied. */
  properties: Record<string, unknown>
  /** What `Fn::GetAtt` returns, by attribute name (dots included). */
  attributes: Record<string, unknown>
  tags: Record<string, string>
  createdAt: number
  /** The stack resource that owns it; absent when it was made outside CloudFormation. */
  owner?: {stackId: string; logicalId: string}
  /** Live state that the service keeps beside the configuration; plain data. */
  data: Record<string, unknown>
}

export interface Bucket {
  name: string
  region: string
  createdAt: number
  tags: Record<string, string>
  /** Sub-resources as they were put: policy, encryption, publicAccessBlock, versioning … */
  configuration: Record<string, unknown>
  objects: Record<string, StoredObject>
  /** Older versions and delete markers by key, newest first; absent where no versions were ever kept. */
  history?: Record<string, Version[]>
  /** Multipart uploads in progress, by upload id. */
  uploads: Record<string, Upload>
}

/** A multipart upload in progress. */
export interface Upload {
  key: string
  initiatedAt: number
  headers: ObjectHeaders
  metadata?: Record<string, string>
  /** By part number; the body as base64. */
  parts: Record<string, {body: string; modifiedAt: number}>
}

/** Headers that S3 keeps with an object and gives back with it. */
export interface ObjectHeaders {
  ContentType?: string
  ContentEncoding?: string
  ContentDisposition?: string
  ContentLanguage?: string
  CacheControl?: string
}

/** A version of an object, or a delete marker in its place. */
export type Version = StoredObject & {isDeleteMarker?: true}

export interface StoredObject {
  /** Base64. */
  body: string
  etag: string
  size: number
  modifiedAt: number
  contentType?: string
  /** Further headers that came with it. */
  headers?: Omit<ObjectHeaders, 'ContentType'>
  metadata?: Record<string, string>
  /** Absent of what was put while no versions were kept. */
  versionId?: string
  /** Which checksum of the whole object is kept; CRC32 unless it came with another one. */
  checksum?: 'SHA256'
}

export interface Task {
  arn: string
  clusterArn: string
  serviceName: string
  taskDefinitionArn: string
  /** `ecs-svc/…` of the deployment that started it. */
  startedBy: string
  lastStatus:
    | 'PROVISIONING'
    | 'PENDING'
    | 'RUNNING'
    | 'DEACTIVATING'
    | 'STOPPING'
    | 'DEPROVISIONING'
    | 'STOPPED'
  /** Seconds that its targets still finish what they have, once it stops. */
  drainSeconds?: number
  desiredStatus: 'RUNNING' | 'STOPPED'
  privateIp: string
  subnetId: string
  createdAt: number
  pullStartedAt?: number
  pullStoppedAt?: number
  startedAt?: number
  stoppingAt?: number
  stoppedAt?: number
  stopCode?: string
  stoppedReason?: string
  containers: {name: string; lastStatus: string; reason?: string; exitCode?: number; healthStatus?: string}[]
  /** What each container was given of secrets and parameters when it started, by container and variable. */
  secrets?: Record<string, Record<string, string>>
  /** What its containers keep in memory or in their own file systems, by whose it is: gone with the task. */
  memory?: Record<string, unknown>
}

export interface Build {
  id: string
  projectName: string
  number: number
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'FAULT' | 'STOPPED' | 'TIMED_OUT'
  currentPhase: string
  startedAt: number
  endedAt?: number
  phases: {name: string; status?: string; startedAt: number; endedAt?: number; message?: string}[]
  environment: {name: string; value: string; type?: string}[]
  idempotencyToken?: string
  initiator: string
}

/** The key of a resource in `Region.resources`. */
export function resourceKey(type: string, physicalId: string): string {
  return `${type}/${physicalId}`
}

/** An account in which nothing exists yet. */
export function emptyAccount(options: {seed: number; now: number}): Account {
  return {
    version: 2,
    id: String(
      100_000_000_000 + ((Math.abs(Math.trunc(options.seed)) * 7_919_993 + 23_456_789_012) % 900_000_000_000),
    ),
    seed: options.seed,
    now: options.now,
    sequence: 0,
    eventQueue: [],
    buckets: dictionary(),
    regions: dictionary(),
  }
}

/** The region, made on first use: an AWS account has every region from the start. */
export function regionOf(account: Account, name: string): Region {
  account.regions[name] ??= {
    name,
    stacks: dictionary(),
    resources: dictionary(),
    tasks: dictionary(),
    builds: dictionary(),
  }
  return account.regions[name]
}

/** An account as it was read from JSON, whose names are its own alone again. */
export function withDictionaries(read: Account): Account {
  const account = {...read, buckets: dictionary(read.buckets), regions: dictionary(read.regions)}
  for (const bucket of Object.values(account.buckets)) {
    bucket.objects = dictionary(bucket.objects)
    bucket.uploads = dictionary(bucket.uploads)
    if (bucket.history) bucket.history = dictionary(bucket.history)
  }
  for (const region of Object.values(account.regions)) {
    region.stacks = dictionary(region.stacks)
    region.resources = dictionary(region.resources)
    region.tasks = dictionary(region.tasks)
    region.builds = dictionary(region.builds)
  }
  return account
}
