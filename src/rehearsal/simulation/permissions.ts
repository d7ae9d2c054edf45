import type {Resource} from '../account/account.js'
import type {World} from '../account/world.js'
import {list, type Properties, record, records, text, texts} from './values.js'

const policyTypes = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy']

/**
 * Whether a role's own policies allow an action on a resource: inline ones, attached ones that the account
 * knows; an explicit deny wins. Conditions and boundaries are not looked at.
 * Source: IAM user guide, "Policy evaluation logic".
 */
export function roleAllows(world: World, roleArn: string, action: string, resourceArn: string): boolean {
  const statements = statementsOf(world, roleArn).filter(
    statement =>
      texts(statement.Action).some(pattern => matches(pattern, action, true)) &&
      list(statement.Resource).some(pattern => matches(text(pattern) ?? '', resourceArn, false)),
  )
  return (
    statements.some(({Effect}) => Effect === 'Allow') && !statements.some(({Effect}) => Effect === 'Deny')
  )
}

function statementsOf(world: World, roleArn: string): Properties[] {
  const everything = Object.values(world.account.regions).flatMap(region => Object.values(region.resources))
  const role = everything.find(
    ({type, attributes}) => type === 'AWS::IAM::Role' && attributes.Arn === roleArn,
  )
  if (!role) return []
  const attached = everything.filter(resource => isAttachedTo(resource, role))
  return [
    ...records(role.properties.Policies).map(({PolicyDocument}) => PolicyDocument),
    ...attached.map(({properties}) => properties.PolicyDocument),
  ].flatMap(document => records(record(document).Statement))
}

function isAttachedTo(policy: Resource, role: Resource): boolean {
  if (!policyTypes.includes(policy.type)) return false
  const {Roles, RoleName} = policy.properties
  return (
    texts(Roles).includes(role.physicalId) ||
    RoleName === role.physicalId ||
    texts(role.properties.ManagedPolicyArns).includes(policy.physicalId)
  )
}

/** IAM's patterns: `*` is any text, `?` any character; actions do not care about case. */
function matches(pattern: string, value: string, ignoreCase: boolean): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, ignoreCase ? 'i' : '').test(value)
}
