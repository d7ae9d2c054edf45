import type {Json} from '../json.js'
import type {Deployed} from '../templates/deployed.js'
import {type Reference, replaceReferences} from '../templates/references.js'
import {aspectOf, pointer} from './aspects.js'

/** Attributes that are what a property says, or what the service takes where it says nothing. */
const told: Readonly<Record<string, {readonly property: string; readonly otherwise?: string}>> = {
  CidrBlock: {property: 'CidrBlock'},
  'Endpoint.Port': {property: 'Port', otherwise: '3306'},
}

/** A text of the templates with each stand-in written as what it points at: `<network.Vpc>`. */
export function pointersIn(text: string, deployed: Deployed): string {
  return text.includes('<') ? replaceReferences(text, reference => meaning(reference, deployed)) : text
}

function meaning(reference: Reference, deployed: Deployed): string {
  const {stack, logicalId, attribute} = reference
  const rule = told[attribute ?? '']
  const value: Json | undefined = rule && deployed.resource(reference)?.properties[rule.property]
  if (rule !== undefined && (value !== undefined || rule.otherwise !== undefined))
    return String(value ?? rule.otherwise)
  return pointer(`${stack}.${logicalId}`, aspectOf(attribute))
}

/** What a text points at, in order: `<network.Vpc>` and so on. */
export function pointersOf(text: string): string[] {
  return text.match(/<[a-z_]+\.[^<>\s]+>/g) ?? []
}

/** A text that is nothing but one pointer. */
export function isPointer(text: string): boolean {
  return /^<[a-z_]+\.[^<>\s]+>$/.test(text)
}
