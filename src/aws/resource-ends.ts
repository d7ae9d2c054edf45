import {
  imageBuildSeconds,
  interfaceEndpointSeconds,
  serviceDeletionSeconds,
  serviceSeconds,
  typicalSeconds,
} from '../durations.js'
import {operationOf} from './stack-status.js'
import type {RunningResource} from './tracked-stack.js'

/** A resource seldom takes less than this part of its typical time. */
const shortestPart = 0.85
/** One that has run for so many times the typical time of a short case is a longer one. */
const overduePart = 2

type Operation = 'create' | 'update' | 'delete'

/**
 * What the table of durations leaves to the properties of a resource, in seconds, shortest case first. Of image builds
 * the usual case: what happens in them is told by the builds themselves.
 */
const cases: Readonly<Record<string, Partial<Record<Operation, readonly number[]>>>> = {
  'AWS::EC2::VPCEndpoint': {
    create: [typicalSeconds('AWS::EC2::VPCEndpoint').create, interfaceEndpointSeconds],
    delete: [typicalSeconds('AWS::EC2::VPCEndpoint').delete, interfaceEndpointSeconds],
  },
  'AWS::ECS::Service': {
    create: [serviceSeconds.plain, serviceSeconds.loadBalanced],
    delete: [serviceDeletionSeconds.plain, serviceDeletionSeconds.loadBalanced],
  },
  'Custom::ContainerImages': {create: [imageBuildSeconds.source]},
}

/** Seconds since its beginning, of one that has run for so long that nobody knows any more when it ends; else undefined. */
export function overdueSeconds(resource: RunningResource, now: number): number | undefined {
  const seconds = (now - resource.beganAt) / 1000
  return seconds > overduePart * longest(casesOf(resource)) ? seconds : undefined
}

/** Seconds after its beginning from which on a resource may come to its end, next. */
export function nextEndSeconds(resource: RunningResource, now: number): number {
  const seconds = (now - resource.beganAt) / 1000
  const typical = casesOf(resource)
  return shortestPart * (typical.find(each => seconds < overduePart * each) ?? longest(typical))
}

/** The same in its longest case: those that end last, as the registry and Keycloak, are behind a load balancer. */
export function longestSeconds(resource: RunningResource): number {
  return shortestPart * longest(casesOf(resource))
}

function longest(typical: readonly number[]): number {
  return typical.at(-1) ?? 0
}

function casesOf({type, status}: RunningResource): readonly number[] {
  const reviewed = operationOf(status)
  const operation = reviewed === 'review' ? 'create' : reviewed
  return cases[type]?.[operation] ?? [typicalSeconds(type)[operation]]
}
