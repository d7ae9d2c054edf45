import {type Label, labels} from '../../../src/parity/templates/template-set.js'
import type {Template} from '../../../src/template/index.js'
import {type Reference, referencesIn} from '../../../src/template/references.js'
import {isList, isMap, type Value} from '../../../src/template/value.js'
import type {TemplateSet} from './template-set.js'

/** One mention of a parameter, resource or attribute, in either branch of an `Fn::If`. */
export interface Mention {
  readonly label: Label
  /** `stack.LogicalId`, `stack output Name` or `stack condition Name`. */
  readonly place: string
  readonly reference: Reference
}

/** A part of a template that may mention something. */
interface Part {
  readonly place: string
  readonly expression: Value
}

/** Every mention in every part of the templates that can change what is made; rules only refuse. */
export function mentionsIn(templates: TemplateSet): Mention[] {
  return labels.flatMap(label =>
    partsOf(label, templates[label]).flatMap(({place, expression}) =>
      referencesIn(expression).map(reference => ({label, place, reference})),
    ),
  )
}

export function partsOf(label: Label, {conditions, resources, outputs}: Template): Part[] {
  return [
    ...Object.entries(conditions).map(([name, expression]) => ({
      place: `${label} condition ${name}`,
      expression,
    })),
    ...Object.entries(resources).map(([name, {properties, metadata = null}]) => {
      return {place: `${label}.${name}`, expression: [properties, metadata]}
    }),
    ...Object.entries(outputs).map(([name, {value, exportName = null}]) => {
      return {place: `${label} output ${name}`, expression: [value, exportName]}
    }),
  ]
}

/** The arguments of every use of a function in an expression, at any depth. */
export function argumentsOf(name: string, expression: Value): Value[] {
  if (isList(expression)) return expression.flatMap(item => argumentsOf(name, item))
  if (!isMap(expression)) return []
  return Object.entries(expression).flatMap(([key, value]) => [
    ...(key === name ? [value] : []),
    ...argumentsOf(name, value),
  ])
}
