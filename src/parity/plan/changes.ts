import type {JsonObject} from '../json.js'
import {listAt, objectAt, objectsAt, own, textAt} from './members.js'

/** A change of a managed resource; what was deposed is only waiting to be deleted. */
export interface ManagedChange {
  /** Where it stands in the document; messages say this, for a document that is wrong may hold anything as an address. */
  readonly where: string
  readonly address: string
  readonly previousAddress: string | undefined
  readonly provider: string
  readonly actions: readonly string[]
  readonly change: JsonObject
}

export function changesOf(document: JsonObject): ManagedChange[] {
  return objectsAt(document, 'resource_changes', '').flatMap((entry, index) => {
    const where = `resource_changes.${index}`
    if (textAt(entry, 'mode', where) !== 'managed' || 'deposed' in entry) return []
    const change = objectAt(entry, 'change', where)
    const previous = own(entry, 'previous_address')
    const provider = own(entry, 'provider_name')
    return [
      {
        where,
        address: textAt(entry, 'address', where),
        previousAddress: typeof previous === 'string' ? previous : undefined,
        provider: typeof provider === 'string' ? provider : '',
        actions: listAt(change, 'actions', `${where}.change`).map(String),
        change,
      },
    ]
  })
}

/** Of a replacement both actions are told; `forget` leaves it to itself. */
export function remains(actions: readonly string[]): boolean {
  return actions.some(action => action !== 'delete' && action !== 'forget')
}

/** Nothing stays of what is managed: made with `-destroy`, or of a configuration from which all was taken out. */
export function isDestroyPlan(changes: readonly ManagedChange[]): boolean {
  return changes.length > 0 && changes.every(({actions}) => !remains(actions))
}
