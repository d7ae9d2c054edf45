import {isObject, type Json, type JsonObject} from '../json.js'
import {isDestroyPlan, type ManagedChange} from './changes.js'
import type {ConfiguredModule} from './configuration.js'
import {listAt, own} from './members.js'
import type {PartialReason} from './resource.js'
import {lackingIn} from './targeted.js'

/** Why a plan does not tell everything that a whole one would; empty for a whole one. */
export function completenessOf(
  document: JsonObject,
  configuration: ConfiguredModule,
  changes: readonly ManagedChange[],
): PartialReason[] {
  const reasons = [erroredIn(document), destroyIn(changes), deferredIn(document)].filter(
    reason => reason !== undefined,
  )
  // What failed, or is deleted, explains whatever else is not there.
  if (reasons.some(({code}) => code !== 'deferred')) return reasons
  const found = [...reasons, ...targetedIn(document, configuration, changes)]
  if (found.length > 0) return found
  return incompleteIn(document, changes)
}

const again = 'Make a whole one: tofu plan -out plan.out (or terraform plan -out plan.out)'

function erroredIn(document: JsonObject): PartialReason | undefined {
  if (own(document, 'errored') !== true) return undefined
  const detail = `Planning failed before its end: what comes after the error is not in the plan. Mend what it reported, and plan again. ${again}.`
  return {code: 'errored', detail}
}

function destroyIn(changes: readonly ManagedChange[]): PartialReason | undefined {
  if (!isDestroyPlan(changes)) return undefined
  const detail = `It only deletes, as plan -destroy makes it: what it holds is what is there now, not what the configuration wants. ${again}.`
  return {code: 'destroy', detail}
}

function deferredIn(document: JsonObject): PartialReason | undefined {
  const deferred = listAt(document, 'deferred_changes', '')
  if (deferred.length === 0) return undefined
  const detail = `${count(deferred.length, 'change was', 'changes were')} put off to a later plan, because something that they depend on is not known yet${examples(deferred.map(deferredAddress))}. Apply this one, and plan again.`
  return {code: 'deferred', detail}
}

function deferredAddress(deferred: Json): string {
  const change = isObject(deferred) ? own(deferred, 'resource_change') : undefined
  const address = isObject(change) ? own(change, 'address') : undefined
  return typeof address === 'string' ? address : ''
}

function targetedIn(
  document: JsonObject,
  configuration: ConfiguredModule,
  changes: readonly ManagedChange[],
): PartialReason[] {
  const lacking = lackingIn(document, configuration, changes)
  if (lacking.length === 0) return []
  const detail = `${count(lacking.length, 'thing', 'things')} that the configuration declares or the state holds ${lacking.length === 1 ? 'is' : 'are'} not in it${examples(lacking)}: it was made with -target, -exclude or -refresh-only. ${again}, without these.`
  return [{code: 'targeted', detail}]
}

/** Terraform says so itself; `applyable` is of no use, because a whole plan without changes cannot be applied either. */
function incompleteIn(document: JsonObject, changes: readonly ManagedChange[]): PartialReason[] {
  if (own(document, 'complete') === false) {
    const detail = `Terraform says that further plans are needed to reach what the configuration wants. Apply this one, and plan again.`
    return [{code: 'incomplete', detail}]
  }
  if (changes.length > 0) return []
  return [
    {
      code: 'incomplete',
      detail: `It holds no managed resource at all. ${again}, in the folder of the configuration.`,
    },
  ]
}

/** Shown of what may be hundreds. */
const mostExamples = 3

function examples(all: readonly string[]): string {
  const some = all.filter(each => each !== '').slice(0, mostExamples)
  return some.length === 0 ? '' : ` (${some.join(', ')}${all.length > some.length ? ', …' : ''})`
}

function count(number: number, one: string, many: string): string {
  return number === 1 ? `1 ${one}` : `${number} ${many}`
}
