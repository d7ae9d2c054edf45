import {isObject, type Json, type JsonObject} from '../json.js'
import {listOf, scalars, sorted} from './scalars.js'

/** What one statement says of one action: the smallest part of a policy that means something by itself. */
export interface Grant {
  readonly effect: string
  /** `s3:getobject`; `not s3:getobject` of `NotAction`. IAM does not tell upper from lower case. */
  readonly action: string
  /** Likewise. */
  readonly resource: string
  /** `Service:ecs-tasks.amazonaws.com`; empty in a policy of an identity. */
  readonly principal: string
  /** JSON; empty without. */
  readonly condition: string
  /** Empty for the current version of the language; the one before, which is meant without any, has no variables. */
  readonly version: string
}

/**
 * A policy document by what it allows and denies: the order of statements, actions and resources, names of statements, one
 * value or a list of one, and the way that statements share actions make no difference.
 * @returns grants as texts, sorted; anything else than a document as it is
 */
export function policyMeaning(document: Json): Json {
  if (!isObject(document) || document.Statement === undefined) return scalars(document)
  return sorted(grantsIn(document).map(grantText))
}

export function grantsIn(document: JsonObject): Grant[] {
  const {Version: version = '2008-10-17', Statement: statements = []} = document
  const told = version === '2012-10-17' ? '' : String(version)
  return listOf(statements).flatMap(statement => (isObject(statement) ? grantsOf(statement, told) : []))
}

/** `Allow s3:getobject on arn:… for Service:… if {…}`. */
export function grantText({effect, action, resource, principal, condition, version}: Grant): string {
  const on = resource === '' ? '' : ` on ${resource}`
  const as = version && ` as of ${version}`
  return `${effect} ${action}${on}${principal && ` for ${principal}`}${condition && ` if ${condition}`}${as}`
}

function grantsOf(statement: JsonObject, version: string): Grant[] {
  const effect = String(statement.Effect ?? 'Allow')
  const condition = statement.Condition === undefined ? '' : JSON.stringify(conditionOf(statement.Condition))
  return valuesOf(statement, 'Action').flatMap(action =>
    valuesOf(statement, 'Resource').flatMap(resource =>
      principalsOf(statement).map(principal => {
        return {effect, action: action.toLowerCase(), resource, principal, condition, version}
      }),
    ),
  )
}

function valuesOf(statement: JsonObject, name: 'Action' | 'Resource'): string[] {
  const [own, not] = [statement[name], statement[`Not${name}`]]
  if (own !== undefined) return listOf(own).map(String)
  // What a `NotAction` leaves out belongs together: each by itself would mean something else.
  return not === undefined ? [''] : [`not ${sorted(listOf(not)).map(String).join(', ')}`]
}

function principalsOf(statement: JsonObject): string[] {
  if (statement.Principal !== undefined) return principalTexts(statement.Principal)
  if (statement.NotPrincipal === undefined) return ['']
  return [`not ${principalTexts(statement.NotPrincipal).sort().join(', ')}`]
}

/** `"*"` is `{AWS: "*"}`, and an account is its root. */
function principalTexts(principal: Json): string[] {
  if (!isObject(principal)) return listOf(principal).map(each => `AWS:${String(each)}`)
  return Object.entries(principal).flatMap(([kind, values]) =>
    listOf(values).map(
      value => `${kind}:${String(value).replace(/^arn:aws[a-z-]*:iam::(\d{12}):root$/, '$1')}`,
    ),
  )
}

/** Keys of conditions have no case; a list of one is the value. */
function conditionOf(condition: Json): Json {
  if (!isObject(condition)) return condition
  return sortedObject(condition, keys =>
    isObject(keys) ? sortedObject(keys, values => sorted(listOf(scalars(values))), true) : keys,
  )
}

function sortedObject(object: JsonObject, map: (member: Json) => Json, lower = false): JsonObject {
  const members = Object.entries(object).map(
    ([name, member]) => [lower ? name.toLowerCase() : name, map(member)] as const,
  )
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : Number(a > b))))
}
