import {nearestName} from '../../template/nearest-name.js'
import type {World} from '../account/world.js'
import {catalogue} from '../faults/catalogue.js'
import type {Fault} from '../faults/fault.js'
import {FaultError} from '../faults/fault-error.js'
import {clearFaults, parseFault} from '../faults/parse.js'
import {fitsOperation, operation} from '../faults/places.js'
import {setFaults} from '../faults/setting.js'
import {handlerTables} from '../services/operations.js'

/** Sets faults, `clear` among them: all of them, or none. @throws FaultError */
export function setCheckedFaults(world: World, lines: readonly string[]): void {
  checkFaultsOf(world, lines)
  setFaults(world, lines)
}

/** @throws FaultError for a line that is no fault, or one of calls that the account never answers */
export function checkFaultsOf(world: World, lines: readonly string[]): void {
  checkOperations(
    world,
    lines.filter(line => line !== clearFaults).map(line => parseFault(line)),
  )
}

/** @throws FaultError for a fault of calls that the account never answers, which would never be triggered. */
function checkOperations(world: World, faults: readonly Fault[]): void {
  const known = Object.entries(handlerTables(world)).flatMap(([service, handlers]) =>
    Object.keys(handlers).map(name => ({service, operation: name})),
  )
  for (const {kind, where} of faults) {
    const isOfCalls = catalogue[kind].where === operation
    if (!isOfCalls || known.some(call => fitsOperation(where, call))) continue
    const names = known.map(call => `${call.service}:${call.operation}`)
    const meant = nearestName(where, names)
    throw new FaultError(
      `the embedded account has no operation ${where}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
      'docs/embedded-account.md lists the operations that it has.',
    )
  }
}
