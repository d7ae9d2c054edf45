import {cidrSubnets} from '../cidr.js'
import {type At, below, type Evaluated, type Evaluation, failAt} from '../evaluation.js'
import {messages} from '../messages.js'
import {isMap, isScalar, member, type Value} from '../value.js'
import {listFrom, textFrom, wholeFrom} from './text.js'

/** `Fn::Select`: `[index, list]`. */
export function select(evaluation: Evaluation, argument: Value, at: At): Evaluated {
  const [index = null, list = null] = argument as readonly Value[]
  const position = wholeFrom(evaluation, index, below(at, 0), messages.select)
  const items = listFrom(evaluation, list, below(at, 1), messages.select)
  return items[position] ?? failAt(evaluation.template, at, messages.selectIndex(position))
}

/** `Fn::FindInMap`: `[map, top-level key, second-level key]`. */
export function findInMap(evaluation: Evaluation, argument: Value, at: At): Evaluated {
  const {template} = evaluation
  const [name = '', top = '', second = ''] = (argument as readonly Value[]).map((key, index) =>
    textFrom(evaluation, key, below(at, index), messages.findInMap),
  )
  const mapping = member(template.mappings, name) ?? failAt(template, at, messages.mappingMissing(name))
  const attributes = member(mapping, top)
  const value = isMap(attributes) ? member(attributes, second) : undefined
  return value ?? failAt(template, at, messages.mappingKeyMissing(name, top, second))
}

/** `Fn::Cidr`: `[block, count, subnet bits]`. */
export function cidr(evaluation: Evaluation, argument: Value, at: At): string[] {
  const {template} = evaluation
  const [block = null, count = null, bits = null] = argument as readonly Value[]
  const blockText = textFrom(evaluation, block, below(at, 0), messages.cidr)
  const howMany = wholeFrom(evaluation, count, below(at, 1), messages.cidr)
  const subnetBits = wholeFrom(evaluation, bits, below(at, 2), messages.cidr)
  if (howMany < 1 || howMany > 256) failAt(template, at, messages.cidr)
  const subnets =
    cidrSubnets(blockText, howMany, subnetBits) ?? failAt(template, at, messages.cidrBlock(blockText))
  return subnets.length > 0
    ? subnets
    : failAt(template, at, messages.cidrRoom(blockText, howMany, subnetBits))
}

/** Lists and scalars compare as text: a Number parameter equals the same number written in the template. */
export function comparable(value: Value): string {
  return JSON.stringify(value, (_, part: Value) => (isScalar(part) ? String(part) : part))
}
