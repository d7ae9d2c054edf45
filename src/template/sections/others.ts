import {messages} from '../messages.js'
import type {RuleDeclaration} from '../template.js'
import {emptyRecord, isList, isMap, isScalar, member, type Value, type ValueMap} from '../value.js'
import {defined} from './parameters.js'
import type {SectionReader} from './reader.js'

/** Reads `Mappings`: two levels of keys, then text or lists of text. */
export function readMappings(reader: SectionReader): Record<string, ValueMap> {
  const mappings = emptyRecord<ValueMap>()
  for (const [name, value] of Object.entries(reader.section('Mappings'))) {
    const mapping = reader.object(value, ['Mappings', name], 'Mappings')
    for (const [key, attributes] of Object.entries(mapping)) {
      const path = ['Mappings', name, key]
      if (!isMap(attributes)) return reader.fail(path, messages.mappingShape(`/${path.join('/')}`))
      for (const [attribute, leaf] of Object.entries(attributes)) {
        const isText = isScalar(leaf) || (isList(leaf) && leaf.every(isScalar))
        if (!isText) reader.fail([...path, attribute], messages.mappingValue)
      }
    }
    mappings[name] = mapping
  }
  return mappings
}

/** Reads `Conditions`; what they mean is checked by `validateTemplate`. */
export function readConditions(reader: SectionReader): Record<string, Value> {
  const conditions = emptyRecord<Value>()
  for (const [name, value] of Object.entries(reader.section('Conditions'))) conditions[name] = value
  return conditions
}

/** Reads `Rules`. */
export function readRules(reader: SectionReader): Record<string, RuleDeclaration> {
  const rules = emptyRecord<RuleDeclaration>()
  for (const [name, value] of Object.entries(reader.section('Rules'))) {
    const path = ['Rules', name]
    const map = reader.object(value, path, 'Rules')
    const assertions = member(map, 'Assertions')
    if (!isList(assertions)) return reader.fail(path, messages.unsupportedStructure)
    rules[name] = {
      get line() {
        return reader.lineOf(path)
      },
      ...defined({condition: member(map, 'RuleCondition')}),
      assertions: assertions.map((assertion, index) => {
        const at = [...path, 'Assertions', String(index)]
        const fields = reader.object(assertion, at, 'Rules')
        const assert = member(fields, 'Assert') ?? reader.fail(at, messages.unsupportedStructure)
        return {assert, ...defined({description: reader.text(fields, 'AssertDescription', at)})}
      }),
    }
  }
  return rules
}
