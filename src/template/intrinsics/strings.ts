import {type At, below, type Evaluated, type Evaluation, failAt, noValue} from '../evaluation.js'
import {messages} from '../messages.js'
import {splitAttribute} from '../source/tags.js'
import {isList, isMap, type Value} from '../value.js'
import {getAttribute, reference} from './references.js'
import {subParts} from './sub-text.js'
import {asText, listFrom, textFrom} from './text.js'

/** `Fn::Join`: `[delimiter, list]`. */
export function join(evaluation: Evaluation, argument: Value, at: At): string {
  const [delimiter, list = null] = argument as readonly Value[]
  const texts = listFrom(evaluation, list, below(at, 1), messages.join)
  return texts
    .map(text => asText(text) ?? failAt(evaluation.template, at, messages.join))
    .join(String(delimiter))
}

/** `Fn::Split`: `[delimiter, text]`. */
export function split(evaluation: Evaluation, argument: Value, at: At): string[] {
  const [delimiter, text = null] = argument as readonly Value[]
  return textFrom(evaluation, text, below(at, 1), messages.split).split(String(delimiter))
}

/** `Fn::Base64`. */
export function base64(evaluation: Evaluation, argument: Value, at: At): string {
  return Buffer.from(textFrom(evaluation, argument, at, messages.base64), 'utf8').toString('base64')
}

/** `Fn::Sub`: text, or `[text, variables]`. A variable of its own hides a parameter or resource. */
export function sub(evaluation: Evaluation, argument: Value, at: At): string {
  const [text, variables] = isList(argument) ? argument : [argument]
  const local = isMap(variables) ? variables : {}
  const variableValue = (name: string): Evaluated => {
    if (Object.hasOwn(local, name))
      return evaluation.evaluate(local[name] as Value, below(below(at, 1), name))
    const [resource = '', attribute] = splitAttribute(name)
    if (attribute === undefined) return reference(evaluation, name, at)
    if (!Object.hasOwn(evaluation.template.resources, resource)) {
      failAt(evaluation.template, at, messages.undefinedSubAttribute(name))
    }
    return getAttribute(evaluation, [resource, attribute], at)
  }
  return subParts(String(text))
    .map(part => {
      if ('literal' in part) return part.literal
      const value = variableValue(part.variable)
      // `${AWS::NoValue}` is a known way to write nothing.
      if (value === noValue) return ''
      return asText(value) ?? failAt(evaluation.template, at, messages.subNotText(part.variable))
    })
    .join('')
}
