import type {Resolver, ResourceDeclaration, Template, ValueMap} from '../../template/index.js'
import type {Reference} from './references.js'
import type {Label} from './template-set.js'

/** A resource whose condition holds. */
export interface DeployedResource<Properties = ValueMap> {
  readonly stack: Label
  readonly logicalId: string
  readonly type: string
  /** Resolved, in the shape of its type; what only AWS would know is a stand-in (`references.ts`). */
  readonly properties: Properties
  /** As it is written, with the policies, `DependsOn` and `Condition`. */
  readonly declaration: ResourceDeclaration
}

export interface DeployedExport {
  readonly name: string
  readonly value: string
  readonly output: string
}

/** An `Fn::ImportValue` that was evaluated. */
export interface DeployedImport {
  readonly name: string
  /** The stack that exports it. */
  readonly from: Label
}

export interface DeployedStack<Properties = ValueMap> {
  readonly label: Label
  readonly name: string
  readonly template: Template
  readonly parameters: Readonly<Record<string, string>>
  readonly resources: readonly DeployedResource<Properties>[]
  /** By name; those whose condition holds. */
  readonly outputs: Readonly<Record<string, string>>
  readonly exports: readonly DeployedExport[]
  /** What resources and outputs import, each name once. */
  readonly imports: readonly DeployedImport[]
  /** The stacks that are complete before this one is begun. */
  readonly existingBefore: readonly Label[]
  /** For conditions and expressions that are not part of a resource or output. */
  readonly resolver: Resolver
}

/** An environment as CloudFormation would make it, the main stack (layout nested) first. */
export interface Deployed<Properties = ValueMap> {
  readonly stacks: readonly DeployedStack<Properties>[]
  /** Of every stack, in the order of the templates; or only those of some types. */
  resources(...types: string[]): DeployedResource<Properties>[]
  stack(label: Label): DeployedStack<Properties>
  /** The resource that a reference means; `undefined` when nothing of that name is made. */
  resource(reference: Reference | undefined): DeployedResource<Properties> | undefined
}
