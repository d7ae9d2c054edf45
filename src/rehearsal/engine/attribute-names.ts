import type {Template} from '../../template/index.js'
import {referencesIn} from '../../template/references.js'
import {schemaOf} from '../kinds/resource-schema.js'

/**
 * What CloudFormation says of the first attribute in a template that its resource's type does not have; undefined when
 * all exist. Only types with a schema are looked at: nested stacks and custom resources have what they answer.
 */
export function unsupportedAttribute(template: Template): string | undefined {
  const expressions = [
    ...Object.values(template.resources).map(({properties}) => properties),
    ...Object.values(template.outputs).map(({value}) => value),
  ]
  for (const {name, attribute} of expressions.flatMap(expression => referencesIn(expression))) {
    const type = template.resources[name]?.type
    const schema = type === undefined ? undefined : schemaOf(type)
    if (attribute === undefined || type === undefined || schema === undefined) continue
    if (type === 'AWS::CloudFormation::Stack' || attribute in (schema.attributes ?? {})) continue
    return `Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`
  }
  return undefined
}
