import type {TerraformResource} from '../plan/resource.js'
import type {DeployedResource} from '../templates/deployed.js'
import {type Attachment, attachmentsIn, judgeAttachment, managedPolicies} from './attachments.js'
import type {Comparing} from './comparing.js'
import {documentsHere, type Grants, grantsInPlan, missingFrom} from './grants.js'
import type {Group, GroupVerdicts} from './group.js'
import {placeOf} from './place.js'
import {listOf} from './scalars.js'
import {knownAfterApply} from './unknown.js'
import type {Values} from './values.js'
import type {AttributeVerdict} from './verdict.js'

/** Compares what a role may do, over all of its policies: inline, attached, and managed ones. */
export function compareRole(
  {here, pointer, resources}: Group,
  all: readonly DeployedResource[],
  comparing: Comparing,
): GroupVerdicts {
  const {values} = comparing
  const policies = all.filter(resource => isPolicyOf(resource, pointer, values))
  const ours = documentsHere([here, ...policies], comparing)
  const managed = managedPolicies(here, pointer, all, values)
  const granted = [
    ...ours.grants,
    ...documentsHere(
      all.filter(one => managed.includes(`<${placeOf(one)}>`)),
      comparing,
    ).grants,
  ]
  const attachments = attachmentsIn(resources, managed, comparing)
  const attached = new Set<TerraformResource>(attachments.map(({resource}) => resource))
  const theirs = resources
    .filter(resource => !attached.has(resource))
    .map(resource => ({resource, grants: grantsInPlan(resource, ours, comparing)}))
  const verdicts = [
    ...attachments.map(one => [one.resource, judgeAttachment(one, pointer, managed)] as const),
    ...theirs.map(({resource, grants}) => [resource, judgeGrants(grants, granted)] as const),
  ]
  return {
    byAddress: new Map(
      verdicts.map(([resource, own]) => [
        resource.address,
        [...wrongRole(resource, pointer, values), ...own],
      ]),
    ),
    onlyHere: [
      ...grantsNotInPlan(
        ours,
        theirs.map(({grants}) => grants),
      ),
      ...policiesNotInPlan(managed, attachments),
    ],
    parts: policies.map(placeOf),
  }
}

/** A policy by itself that belongs to this role alone. */
function isPolicyOf({type, properties}: DeployedResource, pointer: string, values: Values): boolean {
  if (type === 'AWS::IAM::RolePolicy') return values.here(properties.RoleName ?? '', 'scalar') === pointer
  if (type !== 'AWS::IAM::Policy') return false
  return listOf(values.here(properties.Roles ?? [], 'list')).includes(pointer)
}

function judgeGrants({grants, isUnknown}: Grants, here: Grants['grants']): AttributeVerdict[] {
  if (isUnknown) return [{attribute: 'policy', property: null, verdict: 'unknown', reason: knownAfterApply}]
  return missingFrom(grants, here).map(terraform => {
    return {attribute: 'policy', property: null, verdict: 'different', terraform}
  })
}

/** A policy of a role that is mapped to another one. */
function wrongRole(
  {type, values: {role}}: TerraformResource,
  pointer: string,
  values: Values,
): AttributeVerdict[] {
  if (type === 'aws_iam_role' || typeof role !== 'string') return []
  const terraform = String(values.terraform(role, [pointer], 'scalar'))
  if (terraform === pointer) return []
  return [{attribute: 'role', property: null, verdict: 'different', terraform, here: pointer}]
}

function grantsNotInPlan({grants}: Grants, theirs: readonly Grants[]): AttributeVerdict[] {
  const known = theirs.flatMap(one => one.grants)
  const isUnknown = theirs.some(one => one.isUnknown)
  return missingFrom(grants, known).map(text => onlyHere('Policies', text, isUnknown))
}

function policiesNotInPlan(
  managed: readonly string[],
  attachments: readonly Attachment[],
): AttributeVerdict[] {
  const attached = attachments.map(({policy}) => policy)
  return managed
    .filter(policy => !attached.includes(policy))
    .map(policy => onlyHere('ManagedPolicyArns', policy, attached.includes(undefined)))
}

function onlyHere(property: string, here: string, isUnknown: boolean): AttributeVerdict {
  const at = {attribute: null, property, here}
  return isUnknown ? {...at, verdict: 'unknown', reason: knownAfterApply} : {...at, verdict: 'different'}
}
