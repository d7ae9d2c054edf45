import type {WantedResource} from '../../timings/learned-seconds.js'
import {measuredType} from '../../timings/measured.js'
import {buildMode} from './creation-seconds.js'
import type {PlannedResource} from './planned-stacks.js'

/** What runs have measured a planned resource as. */
export function measuredAs(resource: PlannedResource, label: string): WantedResource {
  const {logicalId, declaration} = resource
  return {label, logicalId, type: measuredType(declaration.type, buildMode(resource))}
}
