import type {World} from '../../account/world.js'
import {record, text} from '../../resources/values.js'

/** What somebody put to a handle's address. */
export interface ConditionSignal {
  status: 'SUCCESS' | 'FAILURE'
  reason: string
  data: string
}

/** Address of the handles of wait conditions below the account's own endpoint. */
export const signalPath = '/_mcpgw/signals/'

/**
 * Takes a signal for a wait condition; returns the HTTP status that S3 would. One that cannot be read is taken without
 * effect, and so is a second one with the same id.
 * Source: CloudFormation user guide, "Wait condition signal JSON format".
 */
export function receiveSignal(world: World, token: string, body: string): number {
  const handle = Object.values(world.account.regions)
    .flatMap(region => world.resourcesOf(region, 'AWS::CloudFormation::WaitConditionHandle'))
    .find(({physicalId}) => physicalId.endsWith(`${signalPath}${token}`))
  if (!handle) return 403
  const {Status: status, UniqueId: id, Reason: reason, Data: data} = parsed(body)
  const signals = record(handle.data.signals)
  const uniqueId = text(id)
  if ((status === 'SUCCESS' || status === 'FAILURE') && uniqueId !== undefined && !(uniqueId in signals)) {
    signals[uniqueId] = {status, reason: text(reason) ?? '', data: text(data) ?? ''}
  }
  return 200
}

function parsed(body: string): Record<string, unknown> {
  try {
    return record(JSON.parse(body))
  } catch {
    return {}
  }
}
