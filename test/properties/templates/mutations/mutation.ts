import type {Documents, Texts} from '../template-set.js'

/** One deliberate defect in a copy of the templates. */
export interface Mutation {
  /** What is wrong afterwards, and where. */
  readonly name: string
  /** Id of the property that must catch it. */
  readonly property: string
  /** What the violation must name, such as `services.RegistryTaskDefinition`; catching it by accident is not enough. */
  readonly at: string
  /** Changes the documents it asks for, or the texts; must find what it changes, or throw. */
  plant(documents: Documents, texts: Texts): void
}
