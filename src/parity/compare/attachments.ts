import type {TerraformResource} from '../plan/resource.js'
import type {DeployedResource} from '../templates/deployed.js'
import type {Comparing} from './comparing.js'
import {isEmpty} from './path.js'
import {placeOf} from './place.js'
import {listOf} from './scalars.js'
import {knownAfterApply} from './unknown.js'
import type {Values} from './values.js'
import type {AttributeVerdict} from './verdict.js'

/** An `aws_iam_role_policy_attachment`. */
export interface Attachment {
  readonly resource: TerraformResource
  /** The ARN of a policy of AWS's own, or `<compute.ExecPolicy>`; undefined where it is known after an apply only. */
  readonly policy: string | undefined
}

/** Managed policies that a role of the templates has: those that it names, and those that name it. */
export function managedPolicies(
  role: DeployedResource,
  pointer: string,
  all: readonly DeployedResource[],
  values: Values,
): string[] {
  const named = listOf(values.here(role.properties.ManagedPolicyArns ?? [], 'list')).map(String)
  const naming = all.filter(
    ({type, properties}) =>
      type === 'AWS::IAM::ManagedPolicy' &&
      listOf(values.here(properties.Roles ?? [], 'list')).includes(pointer),
  )
  return [...named, ...naming.map(policy => `<${placeOf(policy)}>`)]
}

/** @param here what the role has in the templates tells what a name in the plan means */
export function attachmentsIn(
  resources: readonly TerraformResource[],
  here: readonly string[],
  comparing: Comparing,
): Attachment[] {
  return resources
    .filter(({type}) => type === 'aws_iam_role_policy_attachment')
    .map(resource => ({resource, policy: policyOf(resource, here, comparing)}))
}

function policyOf(
  resource: TerraformResource,
  here: readonly string[],
  {values, configured}: Comparing,
): string | undefined {
  const {policy_arn: arn} = resource.values
  if (arn !== undefined && !isEmpty(arn)) return String(values.terraform(arn, here, 'scalar'))
  const candidates = configured.of(resource, ['policy_arn'])
  const [only, ...others] = candidates?.isComplete ? candidates.pointers : []
  return others.length === 0 ? only : undefined
}

/** What a policy of the role's own says is compared where the policy is. */
export function judgeAttachment(
  {policy}: Attachment,
  pointer: string,
  here: readonly string[],
): AttributeVerdict[] {
  const at = {attribute: 'policy_arn', property: 'ManagedPolicyArns', here}
  if (policy === undefined) return [{...at, verdict: 'unknown', reason: knownAfterApply}]
  if (policy === pointer || here.includes(policy)) return []
  return [{...at, verdict: 'different', terraform: policy}]
}
