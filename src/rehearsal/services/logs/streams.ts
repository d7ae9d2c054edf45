import type {Region, Resource} from '../../account/account.js'
import type {EventData} from '../../account/event-data.js'
import type {World} from '../../account/world.js'
import {triggerFault} from '../../faults/schedule.js'
import {fits} from '../../faults/values.js'

/** A log stream as `AWS::Logs::LogGroup` resources keep it in `data.streams`, by name. */
export interface LogStream {
  createdAt: number
  events: {at: number; message: string}[]
}

const logGroup = 'AWS::Logs::LogGroup'
/** Until a service that still runs writes again, unless the fault says otherwise. */
const defaultMs = 2000

/** Whether the log group exists. */
export function hasLogGroup(world: World, region: Region, name: string): boolean {
  return world.resource(region, logGroup, name) !== undefined
}

/**
 * The log group, made if it does not exist. One that AWS makes on its own belongs to no stack: it stays
 * when the stack goes.
 */
export function ensureLogGroup(world: World, region: Region, name: string): Resource {
  const existing = world.resource(region, logGroup, name)
  if (existing) return existing
  const created: Resource = {
    type: logGroup,
    physicalId: name,
    properties: {LogGroupName: name},
    attributes: {Arn: `arn:aws:logs:${region.name}:${world.account.id}:log-group:${name}:*`},
    tags: {},
    createdAt: world.now,
    data: {streams: {}},
  }
  world.put(region, created)
  return created
}

/** A log group has gone. Whoever still writes to it makes it again, when a fault wants that. */
export function groupRemoved(world: World, region: Region, name: string): void {
  const fault = triggerFault(world, 'recreate-log-group', {key: name, region: region.name}, ({where}) =>
    fits(where, name),
  )
  if (!fault) return
  const seconds = (fault.options.by ?? defaultMs) / 1000
  world.schedule('logs.recreate', seconds, region.name, {group: name})
}

/** Makes a log group that a service still writes to. */
export function recreateGroup(world: World, region: Region, {group}: EventData['logs.recreate']): void {
  ensureLogGroup(world, region, group)
}

/** Appends lines to a stream, making group and stream when they do not exist. */
export function writeLog(
  world: World,
  region: Region,
  group: string,
  stream: string,
  messages: readonly string[],
): void {
  const {data} = ensureLogGroup(world, region, group)
  data.streams ??= {}
  const streams = data.streams as Record<string, LogStream>
  streams[stream] ??= {createdAt: world.now, events: []}
  streams[stream].events.push(...messages.map(message => ({at: world.now, message})))
}
