import {typicalSeconds} from '../../../durations.js'
import {serviceFailure} from '../../resources/failures.js'
import type {ProviderRequest, ResourceProvider} from '../../resources/resource-provider.js'
import {about} from '../../resources/timing.js'
import {flag, record, records} from '../../resources/values.js'
import {distributionType, type Rollout} from './distributions.js'

/** Until every edge location knows a change. */
const deploySeconds = typicalSeconds(distributionType)

const distribution: ResourceProvider = {
  type: distributionType,
  seconds: {create: 5, update: 5, delete: 5},
  create(request) {
    const {world, stack, logicalId} = request
    refuseWhatDoesNotRun(request)
    const letters = world.newSuffix(13)
    return {
      physicalId: `E${letters}`,
      attributes: {Id: `E${letters}`, DomainName: `d${world.newHex(13)}.cloudfront.net`},
      data: {deployedAt: world.now + about(world, deploySeconds.create, stack.name, logicalId) * 1000},
    }
  },
  stabilized(resource, {world}) {
    const left = (Number(resource.data.deployedAt) - world.now) / 1000
    return left > 0 ? {state: 'waiting', seconds: left} : {state: 'ready'}
  },
  update(resource, request, before) {
    const {world} = request
    refuseWhatDoesNotRun(request)
    const rollout: Rollout = {replaced: before.DistributionConfig, changedAt: world.now}
    resource.data.rollout = rollout
    resource.data.deployedAt =
      world.now + about(world, deploySeconds.update, resource.owner?.logicalId ?? '', 'update') * 1000
    return undefined
  },
  deleting(resource, {world}) {
    // Disabled first; it can go when every edge location knows that. One that was disabled before has only that to wait for.
    const isDisabled = flag(record(resource.properties.DistributionConfig).Enabled) === false
    resource.data.disabled = true
    if (isDisabled) return
    resource.data.deployedAt =
      world.now + about(world, deploySeconds.delete, resource.owner?.logicalId ?? '', 'delete') * 1000
  },
}

/** Code that is not run must not look as if it were. */
function refuseWhatDoesNotRun({world, properties}: ProviderRequest): void {
  const configuration = record(properties.DistributionConfig)
  const behaviors = [configuration.DefaultCacheBehavior, ...records(configuration.CacheBehaviors)].map(record)
  const runs = behaviors.every(
    behavior =>
      records(behavior.LambdaFunctionAssociations).length === 0 &&
      records(behavior.FunctionAssociations).every(({EventType}) => EventType === 'viewer-request'),
  )
  if (runs) return
  throw serviceFailure(
    world,
    'CloudFront',
    'The embedded account runs functions of viewer requests only, not those of responses or of Lambda@Edge.',
    {code: 'InvalidRequest'},
  )
}

export const cloudFrontProviders: readonly ResourceProvider[] = [distribution]
