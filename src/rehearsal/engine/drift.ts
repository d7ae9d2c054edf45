import type {DriftStatus} from '../account/change-set.js'
import type {StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {replacementOf} from '../resources/resource-schema.js'
import {sameValue} from './changes.js'
import {providerOf} from './providers.js'
import {nestedStackType} from './stack-context.js'

/** How a resource differs from what its stack last made of it. */
export interface Drift {
  status: DriftStatus
  /** Properties that a drift-aware change set would put back. */
  properties: readonly string[]
}

/**
 * Types whose actual state is not compared. Source: CloudFormation user guide, "Using drift-aware change sets",
 * supported resource types. A nested stack is taken for one of them: drift detection does not look into it, and whether
 * a change set of its parent would is said nowhere.
 */
const notCompared: readonly string[] = [
  nestedStackType,
  'AWS::RDS::DBProxy',
  'AWS::Route53::RecordSet',
  'AWS::CertificateManager::Certificate',
  'AWS::CloudFormation::CustomResource',
]

/**
 * Compares a resource with its resource. Values that come from secrets cannot be read back, and what AWS itself manages may
 * be as it likes: neither is drift. Source: as above, "Considerations".
 */
export function driftOf({world, region}: StackContext, stackResource: StackResource): Drift {
  if (notCompared.includes(stackResource.type) || stackResource.type.startsWith('Custom::')) {
    return {status: 'NOT_CHECKED', properties: []}
  }
  const provider = providerOf(world, stackResource.type)
  const resource = world.resource(region, stackResource.type, stackResource.physicalId)
  const live = resource && (provider?.live ? provider.live(resource, {world, region}) : {})
  if (resource === undefined || live === undefined) return {status: 'DELETED', properties: []}
  const actual: Record<string, unknown> = {...resource.properties, ...live}
  const wanted = stackResource.properties
  const properties = Object.keys(wanted).filter(name => {
    if (sameBesidesSecrets(actual[name], wanted[name])) return false
    const recreation = replacementOf(stackResource.type, {[name]: actual[name]}, {[name]: wanted[name]})
    return recreation !== 'True' && !provider?.replaceOn?.includes(name)
  })
  return {status: properties.length > 0 ? 'MODIFIED' : 'IN_SYNC', properties}
}

/** Compares what is there with what a template says, whatever stands in place of its dynamic references. */
function sameBesidesSecrets(actual: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'string' && wanted.includes('{{resolve:')) return true
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual) || actual.length !== wanted.length) return false
    return wanted.every((item, index) => sameBesidesSecrets(actual[index], item))
  }
  if (wanted === null || typeof wanted !== 'object') return sameValue(actual, wanted)
  if (actual === null || typeof actual !== 'object' || Array.isArray(actual)) return false
  const [left, right] = [actual as Record<string, unknown>, wanted as Record<string, unknown>]
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every(name =>
    sameBesidesSecrets(left[name], right[name]),
  )
}
