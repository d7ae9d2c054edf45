import type {Template} from '../../template/index.js'
import {type Reference, referencesIn} from '../../template/references.js'
import {schemaOf} from '../resources/resource-schema.js'

/** An attribute that a resource's type does not have. */
interface UnknownAttribute extends Reference {
  attribute: string
  type: string
}

/**
 * What CloudFormation says of the first attribute in the resources of a template that its type does not have; undefined
 * when all exist.
 */
export function unsupportedAttribute(template: Template): string | undefined {
  return inWords(
    Object.values(template.resources).flatMap(({properties}) =>
      unknownAttributes(template, referencesIn(properties)),
    ),
  )
}

/** The same of the outputs, for a stack that has its resources already. */
export function unsupportedInOutputs(template: Template): string | undefined {
  return inWords(outputAttributes(template))
}

/**
 * The outputs of a stack to be made are looked at when its creation begins, in other words.
 * Source: events that public tests recorded from AWS.
 */
export function outputError(template: Template): string | undefined {
  const [first] = outputAttributes(template)
  if (!first) return undefined
  return `[Error] /${first.path.join('/')}: Resource type ${first.type} does not support attribute {${first.attribute}}.`
}

function inWords([first]: readonly UnknownAttribute[]): string | undefined {
  if (!first) return undefined
  return `Template error: resource ${first.name} does not support attribute type ${first.attribute} in Fn::GetAtt`
}

function outputAttributes(template: Template): UnknownAttribute[] {
  return Object.entries(template.outputs).flatMap(([output, {value}]) =>
    unknownAttributes(template, referencesIn(value, {path: ['Outputs', output, 'Value']})),
  )
}

/** Only types with a schema are looked at: nested stacks and custom resources have what they answer. */
function unknownAttributes(template: Template, references: readonly Reference[]): UnknownAttribute[] {
  return references.flatMap(reference => {
    const {name, attribute} = reference
    const type = template.resources[name]?.type
    const schema = type === undefined ? undefined : schemaOf(type)
    if (attribute === undefined || type === undefined || schema === undefined) return []
    if (type === 'AWS::CloudFormation::Stack' || Object.hasOwn(schema.attributes ?? {}, attribute)) return []
    return [{...reference, attribute, type}]
  })
}
