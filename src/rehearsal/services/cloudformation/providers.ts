import type {ResourceProvider} from '../../resources/resource-provider.js'
import {customResourceProviders} from './custom-resource-providers.js'
import {waitConditionProviders} from './wait-condition-providers.js'

/** Custom resources and wait conditions; a nested stack is the engine's own. */
export const cloudFormationProviders: readonly ResourceProvider[] = [
  ...customResourceProviders,
  ...waitConditionProviders,
]
