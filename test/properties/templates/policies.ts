import {referenceIn} from '../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from './deployed.js'
import {placeOf} from './property.js'

/** A statement of a policy document, wherever a template has one. */
export interface Statement {
  /** The resource that carries it. */
  readonly carrier: DeployedResource
  /** `stack.LogicalId`, and which statement. */
  readonly place: string
  readonly effect: string
  readonly actions: readonly string[]
  /** Empty where a document leaves it out, because it is at what it speaks of. */
  readonly resources: readonly string[]
  readonly members: Readonly<Record<string, unknown>>
}

const trustDocument = 'AssumeRolePolicyDocument'

/** The statements of every document in a resource: found by shape, so that no type of resource can be forgotten. */
export function statementsIn(carrier: DeployedResource): Statement[] {
  return documentsIn(carrier.properties, '').flatMap(({name, statements}) =>
    name === trustDocument ? [] : statements.map((members, index) => read(carrier, members, index)),
  )
}

/** Who may take on a role. */
export function trustStatements(role: DeployedResource): Statement[] {
  const {Statement: statements = []} = role.properties[trustDocument] ?? {}
  return statements.map((members: Members, index: number) => read(role, members, index))
}

const policyTypes = ['AWS::IAM::RolePolicy', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']

/** Whether a resource's documents say what someone may do, not what may be done to the resource. */
export function isIdentityPolicy({type}: DeployedResource): boolean {
  return type === 'AWS::IAM::Role' || policyTypes.includes(type)
}

/** Everything that a role may do: its own documents and the policies attached to it. */
export function statementsOf(deployed: Deployed, role: DeployedResource): Statement[] {
  const attached = deployed.resources(...policyTypes).filter(policy => isAttached(deployed, policy, role))
  return [role, ...attached].flatMap(statementsIn)
}

/** A policy names its roles (`RoleName`, `Roles`), or a role names its managed policies. */
function isAttached(deployed: Deployed, policy: DeployedResource, role: DeployedResource): boolean {
  const roles = [policy.properties.RoleName, ...(policy.properties.Roles ?? [])]
  const policies = role.properties.ManagedPolicyArns ?? []
  return (
    roles.some(name => deployed.resource(referenceIn(name)) === role) ||
    policies.some((arn: unknown) => deployed.resource(referenceIn(arn)) === policy)
  )
}

type Members = Readonly<Record<string, unknown>>

function read(carrier: DeployedResource, members: Members, index: number): Statement {
  return {
    carrier,
    place: `${placeOf(carrier)} statement ${members.Sid ?? index + 1}`,
    effect: String(members.Effect),
    actions: texts(members.Action),
    resources: texts(members.Resource),
    members,
  }
}

function texts(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String)
}

function documentsIn(value: unknown, name: string): {name: string; statements: Members[]}[] {
  if (Array.isArray(value)) return value.flatMap(item => documentsIn(item, name))
  if (typeof value !== 'object' || value === null) return []
  const {Statement: statements} = value as Members
  if (Array.isArray(statements)) return [{name, statements}]
  return Object.entries(value).flatMap(([key, member]) => documentsIn(member, key))
}
