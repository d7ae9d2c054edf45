import type {Routes} from '../../aws/live/live.js'
import {isKnown} from './declared.js'

/**
 * How a distribution leads elsewhere than its template says, as a part of a sentence; undefined where it does not. What
 * cannot be known of the template here is not compared. `wanted` is the property DistributionConfig.
 */
export function howMisled(found: Routes, wanted: unknown): string | undefined {
  const {Origins, DefaultCacheBehavior, CacheBehaviors} = members(wanted)
  for (const origin of listOf(Origins)) {
    const problem = originProblem(found, members(origin))
    if (problem !== undefined) return problem
  }
  const behaviors: readonly Readonly<Record<string, unknown>>[] = [
    {...members(DefaultCacheBehavior), PathPattern: '*'},
    ...listOf(CacheBehaviors).map(members),
  ]
  for (const {PathPattern, TargetOriginId} of behaviors) {
    if (typeof TargetOriginId !== 'string' || !isKnown(TargetOriginId)) continue
    const behavior = found.behaviors.find(({path}) => path === PathPattern)
    if (behavior?.origin === TargetOriginId) continue
    if (behavior === undefined) return `requests for ${PathPattern} have no behavior of their own any more`
    return `requests for ${PathPattern} go to origin ${behavior.origin}, not to origin ${TargetOriginId}`
  }
  return undefined
}

function originProblem(found: Routes, wanted: Readonly<Record<string, unknown>>): string | undefined {
  const {Id, DomainName, OriginPath = '', CustomOriginConfig, OriginCustomHeaders} = wanted
  const origin = found.origins.find(({id}) => id === Id)
  if (origin === undefined) return `its origin ${Id} is gone`
  if (typeof DomainName === 'string' && isKnown(DomainName) && DomainName.toLowerCase() !== origin.domain)
    return `its origin ${Id} is ${origin.domain}, not ${DomainName}`
  if (OriginPath !== origin.path) return `the path of its origin ${Id} is ${origin.path || '/'}`
  const {OriginProtocolPolicy: protocol} = members(CustomOriginConfig)
  if (typeof protocol === 'string' && protocol !== origin.protocol)
    return `it asks its origin ${Id} by ${origin.protocol || 'no protocol of the web'}, not by ${protocol}`
  const header = listOf(OriginCustomHeaders)
    .map(each => String(members(each).HeaderName))
    .find(name => !origin.headers.includes(name.toLowerCase()))
  return header === undefined ? undefined : `it no longer sends its origin ${Id} the header ${header}`
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const members = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
