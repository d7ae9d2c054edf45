import {nameFor} from '../../resources/names.js'
import type {ResourceProvider} from '../../resources/resource-provider.js'
import {text} from '../../resources/values.js'
import {ruleType} from './rules.js'

const rule: ResourceProvider = {
  type: ruleType,
  naming: {property: 'Name', taken: (name, {world, region}) => world.resource(region, ruleType, name)},
  create(request) {
    const {world, region, properties} = request
    const name = nameFor(request, ruleType, 'Name', {maxLength: 64})
    const bus = text(properties.EventBusName)
    const path = bus && bus !== 'default' ? `${bus}/${name}` : name
    return {
      physicalId: name,
      attributes: {RuleName: name, Arn: `arn:aws:events:${region.name}:${world.account.id}:rule/${path}`},
    }
  },
  update: () => undefined,
}

export const eventsProviders: readonly ResourceProvider[] = [rule]
