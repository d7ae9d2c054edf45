import type {Comparing} from '../../../src/parity/compare/comparing.js'
import {Configured} from '../../../src/parity/compare/configured.js'
import {Identities} from '../../../src/parity/compare/identities.js'
import {Values} from '../../../src/parity/compare/values.js'
import type {JsonObject} from '../../../src/parity/json.js'
import {parseAddress} from '../../../src/parity/plan/address.js'
import type {TerraformResource} from '../../../src/parity/plan/resource.js'
import type {Deployed, DeployedResource} from '../../../src/parity/templates/deployed.js'

/** A resource of a plan that creates it. */
export function planned(
  address: string,
  values: JsonObject,
  more: Partial<TerraformResource> = {},
): TerraformResource {
  const parsed = parseAddress(address)
  const unknown = more.unknown ?? {}
  return {
    address,
    parsed,
    type: parsed.type,
    values,
    unknown,
    unknownInPlan: unknown,
    sensitive: {},
    actions: ['create'],
    references: {},
    configured: Object.keys(values),
    ...more,
  }
}

/** A resource of the templates, `network.Vpc`. */
export function made(place: string, type: string, properties: JsonObject = {}): DeployedResource {
  const [stack, logicalId = ''] = place.split('.')
  return {
    stack: stack as DeployedResource['stack'],
    logicalId,
    type,
    properties,
    declaration: {type, properties, dependsOn: [], line: 1},
  }
}

/** An environment of these resources alone. */
export function environmentOf(resources: readonly DeployedResource[]): Deployed {
  return {
    stacks: [],
    resources: (...types) => resources.filter(({type}) => types.length === 0 || types.includes(type)),
    stack: label => {
      throw new Error(`There is no stack ${label}.`)
    },
    resource: reference =>
      resources.find(({stack, logicalId}) => stack === reference?.stack && logicalId === reference.logicalId),
  }
}

/** @param places where resources of the plan are in the templates, by address */
export function comparing(
  plan: readonly TerraformResource[],
  places: Readonly<Record<string, string>>,
  here: readonly DeployedResource[] = [],
): Comparing {
  const placeOf = ({address}: TerraformResource) => places[address] ?? address
  return {
    values: new Values(new Identities(plan, placeOf), environmentOf(here)),
    configured: new Configured(plan, placeOf),
    fingerprint: '',
  }
}
