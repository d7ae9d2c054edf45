import type {AddressPattern} from '../plan/address-pattern.js'

/** Where a Terraform resource is in the templates. Logical ids are written `network.Vpc`: stack, then logical id. */
export type Counterpart =
  /** One resource of the same kind. */
  | {readonly kind: 'resource'; readonly resource: string}
  /** Part of a resource that carries several of Terraform's (rules of a security group, statements of a role). */
  | {readonly kind: 'folded'; readonly resource: string}
  /** A property of another resource: `data.FileSystem`, `BackupPolicy`. */
  | {readonly kind: 'property'; readonly resource: string; readonly property: string}
  /** On purpose nothing, and where the docs say so: `docs/infrastructure.md#in-behaviour`. */
  | {readonly kind: 'nothing'; readonly reason: string; readonly docs: string}

export interface Mapping {
  readonly pattern: AddressPattern
  readonly counterpart: Counterpart
  /** Variables: unless all are given, the pattern need match nothing. None for resources that every plan has. */
  readonly when: readonly string[]
  /** Line in the mapping file, for messages. */
  readonly line: number
}
