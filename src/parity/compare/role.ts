import type {TerraformResource} from '../plan/resource.js'
import type {DeployedResource} from '../templates/deployed.js'
import type {Comparing} from './comparing.js'
import {documentsHere, type Grants, grantsInPlan, missingFrom} from './grants.js'
import type {Group, GroupVerdicts} from './group.js'
import {isEmpty} from './path.js'
import {placeOf} from './place.js'
import {listOf} from './scalars.js'
import {knownAfterApply} from './unknown.js'
import type {AttributeVerdict} from './verdict.js'

/** Compares what a role may do, over all of its policies: inline, attached, and managed ones. */
export function compareRole(
  {here, pointer, resources}: Group,
  all: readonly DeployedResource[],
  comparing: Comparing,
): GroupVerdicts {
  const policies = all.filter(resource => isPolicyOf(resource, pointer, comparing))
  const ours = documentsHere([here, ...policies], comparing)
  const attachedHere = managedHere(here, all, pointer, comparing)
  const managed = all.filter(one => attachedHere.includes(`<${placeOf(one)}>`))
  const granted = {grants: [...ours.grants, ...documentsHere(managed, comparing).grants], isUnknown: false}
  const attached = new Set<string>()
  const theirs: Grants[] = []
  const byAddress = new Map(
    resources.map(resource => {
      if (resource.type === 'aws_iam_role_policy_attachment') {
        const verdicts = judgeAttachment(resource, pointer, attachedHere, attached, comparing)
        return [resource.address, [...wrongRole(resource, pointer, comparing), ...verdicts]]
      }
      const grants = grantsInPlan(resource, ours, comparing)
      theirs.push(grants)
      return [resource.address, [...wrongRole(resource, pointer, comparing), ...judgeGrants(grants, granted)]]
    }),
  )
  return {byAddress, onlyHere: notInPlan(ours, theirs, attachedHere, attached), parts: policies.map(placeOf)}
}

/** A policy by itself that belongs to this role alone. */
function isPolicyOf({type, properties}: DeployedResource, pointer: string, {values}: Comparing): boolean {
  if (type === 'AWS::IAM::RolePolicy') return values.here(properties.RoleName ?? '', 'scalar') === pointer
  if (type !== 'AWS::IAM::Policy') return false
  return listOf(values.here(properties.Roles ?? [], 'list')).includes(pointer)
}

function managedHere(
  here: DeployedResource,
  all: readonly DeployedResource[],
  pointer: string,
  {values}: Comparing,
): string[] {
  const named = listOf(values.here(here.properties.ManagedPolicyArns ?? [], 'list')).map(String)
  const naming = all.filter(
    ({type, properties}) =>
      type === 'AWS::IAM::ManagedPolicy' &&
      listOf(values.here(properties.Roles ?? [], 'list')).includes(pointer),
  )
  return [...named, ...naming.map(policy => `<${placeOf(policy)}>`)]
}

function judgeGrants({grants, isUnknown}: Grants, ours: Grants): AttributeVerdict[] {
  if (isUnknown) return [{attribute: 'policy', property: null, verdict: 'unknown', reason: knownAfterApply}]
  return missingFrom(grants, ours.grants).map(terraform => {
    return {attribute: 'policy', property: null, verdict: 'different', terraform}
  })
}

/** A policy of a role that is mapped to another one. */
function wrongRole(
  {type, values}: TerraformResource,
  pointer: string,
  comparing: Comparing,
): AttributeVerdict[] {
  const {role} = values
  if (type === 'aws_iam_role' || typeof role !== 'string') return []
  const known = String(comparing.values.terraform(role, [pointer], 'scalar'))
  return known === pointer
    ? []
    : [{attribute: 'role', property: null, verdict: 'different', terraform: known, here: pointer}]
}

function judgeAttachment(
  resource: TerraformResource,
  pointer: string,
  here: readonly string[],
  attached: Set<string>,
  {values, configured}: Comparing,
): AttributeVerdict[] {
  const {policy_arn: arn} = resource.values
  const candidates = configured.of(resource, ['policy_arn'])
  const policy = isEmpty(arn)
    ? candidates?.isComplete
      ? candidates.pointers
      : []
    : [String(values.terraform(arn ?? null, here, 'scalar'))]
  const [first, ...others] = policy
  if (first === undefined || others.length > 0) {
    return [
      {
        attribute: 'policy_arn',
        property: 'ManagedPolicyArns',
        verdict: 'unknown',
        here,
        reason: knownAfterApply,
      },
    ]
  }
  attached.add(first)
  // What a policy of this role's own says is compared where the policy is.
  if (first === pointer || here.includes(first)) return []
  return [
    {attribute: 'policy_arn', property: 'ManagedPolicyArns', verdict: 'different', terraform: first, here},
  ]
}

function notInPlan(
  ours: Grants,
  theirs: readonly Grants[],
  here: readonly string[],
  attached: ReadonlySet<string>,
): AttributeVerdict[] {
  const isUnknown = theirs.some(grants => grants.isUnknown)
  const known = theirs.flatMap(({grants}) => grants)
  const grants = missingFrom(ours.grants, known).map((text): AttributeVerdict => {
    const at = {attribute: null, property: 'Policies', here: text}
    return isUnknown ? {...at, verdict: 'unknown', reason: knownAfterApply} : {...at, verdict: 'different'}
  })
  const managed = here
    .filter(policy => !attached.has(policy))
    .map(
      (policy): AttributeVerdict => ({
        attribute: null,
        property: 'ManagedPolicyArns',
        verdict: 'different',
        here: policy,
      }),
    )
  return [...grants, ...managed]
}
