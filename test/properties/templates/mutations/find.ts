import {type Label, labels} from '../../../../src/parity/templates/template-set.js'
import {type Document, loadTemplates} from '../template-set.js'
import type {Mutation} from './mutation.js'

export interface Place {
  readonly label: Label
  readonly logicalId: string
  /** `stack.LogicalId`, as violations begin. */
  readonly at: string
  /** The resource as it is, to look at. */
  readonly resource: Document
}

/** Every resource of the given types in the checked-in templates, whatever its condition. */
export function resourcesOf(...types: string[]): Place[] {
  const templates = loadTemplates()
  return labels.flatMap(label =>
    Object.entries(templates[label].resources)
      .filter(([, {type}]) => types.includes(type))
      .map(([logicalId]) => placeAt(label, logicalId)),
  )
}

/** @throws {Error} when there is no such resource any more */
export function placeAt(label: Label, logicalId: string): Place {
  const resource = loadTemplates()[label].resources[logicalId]
  if (resource === undefined) throw new Error(`There is no ${label}.${logicalId} to plant a defect in`)
  return {label, logicalId, at: `${label}.${logicalId}`, resource}
}

/** Makes mutations of one property, each of which changes the properties of one resource. */
export function plantedFor(property: string) {
  return ({label, logicalId, at}: Place, what: string, edit: (properties: Document) => void): Mutation => ({
    name: `${at} ${what}`,
    property,
    at,
    plant: documents => edit(documents[label].Resources[logicalId].Properties),
  })
}
