import {typicalSeconds} from '../../durations.js'
import {distributionType} from '../simulation/distributions.js'
import {about} from '../simulation/timing.js'
import type {Kind} from './kind.js'

/** Until every edge location knows a change. */
const deploySeconds = typicalSeconds(distributionType)

const distribution: Kind = {
  type: distributionType,
  seconds: {create: 5, update: 5, delete: 5},
  create({world, stack, logicalId}) {
    const letters = world.newSuffix(13)
    return {
      physicalId: `E${letters}`,
      attributes: {Id: `E${letters}`, DomainName: `d${world.newHex(13)}.cloudfront.net`},
      data: {deployedAt: world.now + about(world, deploySeconds.create, stack.name, logicalId) * 1000},
    }
  },
  settled(resource, {world}) {
    const left = (Number(resource.data.deployedAt) - world.now) / 1000
    return left > 0 ? {state: 'waiting', seconds: left} : {state: 'ready'}
  },
  update(resource, {world}) {
    resource.data.deployedAt =
      world.now + about(world, deploySeconds.update, resource.owner?.logicalId ?? '', 'update') * 1000
    return undefined
  },
  deleting(resource, {world}) {
    // Disabled first; it can go when every edge location knows that.
    resource.data.disabled = true
    resource.data.deployedAt =
      world.now + about(world, deploySeconds.delete, resource.owner?.logicalId ?? '', 'delete') * 1000
  },
}

export const cloudfrontKinds: readonly Kind[] = [distribution]
