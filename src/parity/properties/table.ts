import type {Json} from '../json.js'
import type {PropertyRow} from './row.js'

type More = Omit<PropertyRow, 'attribute' | 'property'>

/** An attribute that has a property. */
export function row(attribute: string, property: string, more: More = {}): PropertyRow {
  return {attribute, property, ...more}
}

/** An attribute that CloudFormation cannot say: it is as if it were `cloudFormationDefault`, null for not at all. */
export function without(attribute: string, cloudFormationDefault: Json, more: More = {}): PropertyRow {
  return {attribute, property: null, cloudFormationDefault, ...more}
}

/** An attribute that is about Terraform, or that another row tells: it makes no difference. */
export function ignored(attribute: string, reason: string): PropertyRow {
  return {attribute, property: null, reason}
}

/** What every resource has: identifiers that AWS makes, and tags that the provider puts together. */
export const identifiers: readonly string[] = ['arn', 'id', 'tags_all']

/** Since version 6 of the provider every resource says its Region. */
export const region = ignored('region', 'A stack makes its resources in its own Region.')

export const tags = row('tags', 'Tags', {as: 'tags'})

/** Waiting times of Terraform. */
export const timeouts = [
  ignored('timeouts.create', 'How long Terraform waits.'),
  ignored('timeouts.update', 'How long Terraform waits.'),
  ignored('timeouts.delete', 'How long Terraform waits.'),
]

/** A name that the provider makes, and how it begins. */
export function madeName(property: string | null): readonly PropertyRow[] {
  const name =
    property === null ? without('name', null, {awsDecides: true}) : row('name', property, {awsDecides: true})
  return [name, without('name_prefix', null, {awsDecides: true})]
}
