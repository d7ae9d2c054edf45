import type {ProviderRequest} from '../resource-provider.js'

/** A resource in the making, of which attributes are asked. */
export interface Subject {
  request: ProviderRequest
  type: string
  physicalId: string
  /** Another attribute of the same resource: some are made of others. */
  attribute(name: string): unknown
}

/** Makes up an attribute. */
export type Attribute = (subject: Subject) => unknown
