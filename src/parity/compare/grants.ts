import {isObject, type Json} from '../json.js'
import type {TerraformResource} from '../plan/resource.js'
import type {DeployedResource} from '../templates/deployed.js'
import type {Comparing} from './comparing.js'
import {structured} from './normalisers.js'
import {isEmpty, memberOf} from './path.js'
import {type Grant, grantsIn, grantText} from './policy.js'
import {listOf} from './scalars.js'
import {pointersOf} from './stand-ins.js'

/** What policies grant together. */
export interface Grants {
  readonly grants: readonly Grant[]
  /** Whether one of the policies is known after an apply only. */
  readonly isUnknown: boolean
}

/** Of a role its inline policies; of a policy its document. */
export function documentsHere(resources: readonly DeployedResource[], {values}: Comparing): Grants {
  const documents = resources.flatMap(({properties: {Policies: policies = [], PolicyDocument: document}}) => [
    ...listOf(policies).map(policy => memberOf(policy, 'PolicyDocument')),
    document,
  ])
  const read = documents.filter(isObject).map(document => values.here(document, 'json'))
  return {grants: read.filter(isObject).flatMap(grantsIn), isUnknown: false}
}

/** @param ours what the templates point at tells what a name in the plan means */
export function grantsInPlan(
  {type, values, unknown, unknownInPlan}: TerraformResource,
  ours: Grants,
  comparing: Comparing,
): Grants {
  if (type === 'aws_iam_role') {
    // A role without inline policies of its own learns of its other ones in a state.
    const blocks =
      unknownInPlan !== true && memberOf(unknownInPlan, 'inline_policy') === true
        ? []
        : listOf(values.inline_policy ?? [])
    return read(
      blocks.map(block => memberOf(block, 'policy')),
      ours,
      comparing,
    )
  }
  if (isEmpty(values.policy) && memberOf(unknown, 'policy') === true) return {grants: [], isUnknown: true}
  return read([values.policy], ours, comparing)
}

function read(texts: readonly (Json | undefined)[], ours: Grants, {values}: Comparing): Grants {
  const hints = ours.grants.flatMap(({resource}) => pointersOf(resource))
  const documents = texts.flatMap(text =>
    isEmpty(text) || text === undefined ? [] : structured(text, 'json'),
  )
  const resolved = documents.map(document => values.terraform(document, hints, 'json'))
  return {grants: resolved.filter(isObject).flatMap(grantsIn), isUnknown: false}
}

/** Grants that the others do not have, as texts: those that differ in their actions alone together. */
export function missingFrom(grants: readonly Grant[], others: readonly Grant[]): string[] {
  const known = new Set(others.map(grantText))
  const missing = new Map<string, Grant[]>()
  for (const grant of grants) {
    if (known.has(grantText(grant))) continue
    const rest = grantText({...grant, action: ''})
    missing.set(rest, [...(missing.get(rest) ?? []), grant])
  }
  return [...missing.values()].flatMap(alike => {
    const actions = [...new Set(alike.map(({action}) => action))].sort().join(', ')
    return alike.slice(0, 1).map(grant => grantText({...grant, action: actions}))
  })
}
