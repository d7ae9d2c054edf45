import type {TerraformResource} from '../plan/resource.js'
import type {DeployedResource} from '../templates/deployed.js'
import type {AttributeVerdict} from './verdict.js'

/** Resources of the plan that are one resource of the templates together. */
export interface Group {
  readonly here: DeployedResource
  /** `<network.EfsSecurityGroup>`. */
  readonly pointer: string
  readonly resources: readonly TerraformResource[]
}

/** What came of a group. */
export interface GroupVerdicts {
  /** By address. */
  readonly byAddress: ReadonlyMap<string, readonly AttributeVerdict[]>
  /** What only the templates have. */
  readonly onlyHere: readonly AttributeVerdict[]
  /** Other resources of the templates that belong to it, `network.EfsFromTasks`. */
  readonly parts: readonly string[]
}
