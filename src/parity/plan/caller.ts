import type {Json, JsonObject} from '../json.js'
import {memberOf} from './masks.js'

/** Where a plan was made, as far as its data sources tell. */
export interface Caller {
  /** 12 digits. */
  readonly account: string | undefined
  readonly region: string | undefined
}

/**
 * What a configuration asks of AWS about itself: `aws_caller_identity` and `aws_region`, which were read before the plan. Of
 * several Regions, that of most modules.
 * @param document a plan
 */
export function callerOf(document: JsonObject): Caller {
  const sources = dataSources(memberOf(memberOf(memberOf(document, 'prior_state'), 'values'), 'root_module'))
  const values = (type: string, name: string) =>
    sources
      .filter(source => memberOf(source, 'type') === type)
      .map(source => memberOf(memberOf(source, 'values'), name))
      .filter(value => typeof value === 'string')
  return {
    account: mostFrequent(values('aws_caller_identity', 'account_id')),
    region: mostFrequent([...values('aws_region', 'region'), ...values('aws_region', 'name')]),
  }
}

/** Undefined of none; the first of several that are as frequent. */
export function mostFrequent(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0]
}

function dataSources(module: Json | undefined): Json[] {
  const resources = listOf(memberOf(module, 'resources')).filter(one => memberOf(one, 'mode') === 'data')
  return [...resources, ...listOf(memberOf(module, 'child_modules')).flatMap(dataSources)]
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
