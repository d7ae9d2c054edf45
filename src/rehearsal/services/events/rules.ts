import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {list, record, records, text} from '../../resources/values.js'
import {findFunction, mayInvoke} from '../lambda/functions.js'
import {invokeLater} from '../lambda/invocations.js'

export const ruleType = 'AWS::Events::Rule'

/** What a service tells the event bus; the bus adds id, account, region and time. */
export interface AccountEvent {
  source: string
  'detail-type': string
  resources: string[]
  detail: Record<string, unknown>
}

/** Typical seconds from an event to its target. */
const deliverySeconds = 1

/**
 * Hands an event to every function that an enabled rule names and that lets the rule call it. Without a
 * permission EventBridge drops the event silently, and so does this.
 * Source: EventBridge user guide, "Event patterns" and "Resource-based policies: AWS Lambda permissions".
 */
export function publishEvent(world: World, region: Region, event: AccountEvent): void {
  const full = {
    version: '0',
    id: world.newUuid(),
    'detail-type': event['detail-type'],
    source: event.source,
    account: world.account.id,
    time: new Date(world.now).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: region.name,
    resources: event.resources,
    detail: event.detail,
  }
  for (const rule of world.resourcesOf(region, ruleType)) {
    if (rule.properties.State === 'DISABLED' || !matches(patternOf(rule), full)) continue
    for (const target of records(rule.properties.Targets)) {
      const lambda = findFunction(world, region, text(target.Arn) ?? '')
      const ruleArn = text(rule.attributes.Arn) ?? ''
      if (!lambda || !mayInvoke(world, region, lambda, 'events.amazonaws.com', ruleArn)) continue
      invokeLater(
        world,
        region,
        lambda.physicalId,
        target.Input ? parsed(target.Input) : full,
        deliverySeconds,
      )
    }
  }
}

function patternOf({properties}: Resource): Record<string, unknown> {
  const pattern = properties.EventPattern
  return record(typeof pattern === 'string' ? parsed(pattern) : pattern)
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value
}

/** Every member of a pattern has to match; its leaves are lists of alternatives. A rule without a pattern matches nothing. */
function matches(pattern: Record<string, unknown>, event: Record<string, unknown>): boolean {
  const members = Object.entries(pattern)
  return (
    members.length > 0 &&
    members.every(([name, expected]) => {
      const actual = event[name]
      if (!Array.isArray(expected)) return matches(record(expected), record(actual))
      const values = actual === undefined ? [undefined] : list(actual)
      return values.some(value => expected.some(alternative => matchesLeaf(alternative, value)))
    })
  )
}

function matchesLeaf(alternative: unknown, value: unknown): boolean {
  if (typeof alternative !== 'object' || alternative === null) return alternative === value
  const filter = record(alternative)
  if ('prefix' in filter) return typeof value === 'string' && value.startsWith(text(filter.prefix) ?? '')
  if ('suffix' in filter) return typeof value === 'string' && value.endsWith(text(filter.suffix) ?? '')
  if ('anything-but' in filter) return !list(filter['anything-but']).includes(value)
  if ('exists' in filter) return (value !== undefined) === filter.exists
  return false
}
