import {isDeepStrictEqual} from 'node:util'
import type {Resource} from '../../account/account.js'
import type {ProviderRequest, ResourceProvider} from '../resource-provider.js'
import {attributesByRule, shownProperties} from './attributes.js'
import {identities} from './identities.js'

/**
 * Types that have no behaviour here: they are made, named, updated and deleted by what the registry says about them,
 * take the usual time, and do nothing. Their properties are kept; what those name need not exist.
 */
export const providersBySchema: readonly ResourceProvider[] = Object.entries(identities).map(
  ([type, identity]) => ({
    type,
    naming: identity.naming?.(type),
    create(request) {
      const physicalId = identity(request, type)
      return {physicalId, attributes: attributesByRule(request, type, physicalId)}
    },
    update: (resource, request, before) => ({
      ...shownProperties(request, type),
      ...nextVersion(resource, request, before),
    }),
  }),
)

/** Whether a type is one of those. */
export function hasSchemaProvider(type: string): boolean {
  return Object.hasOwn(identities, type)
}

/** Types of which every change of a property makes a new version, with the attribute that counts them. */
const versioned: Readonly<Record<string, {property: string; attribute: string}>> = {
  'AWS::EC2::LaunchTemplate': {property: 'LaunchTemplateData', attribute: 'LatestVersionNumber'},
  'AWS::EC2::PrefixList': {property: 'Entries', attribute: 'Version'},
}

function nextVersion(
  {type, attributes}: Resource,
  {properties}: ProviderRequest,
  before: Record<string, unknown>,
): Record<string, unknown> {
  const {property, attribute} = versioned[type] ?? {}
  if (property === undefined || attribute === undefined) return {}
  if (isDeepStrictEqual(before[property], properties[property])) return {}
  const next = Number(attributes[attribute]) + 1
  return {[attribute]: typeof attributes[attribute] === 'string' ? String(next) : next}
}
