import {type Shape, schemaOf} from '../../../src/rehearsal/resources/resource-schema.js'

/** The required properties of a type, each with some value of its type, at every depth. */
export function minimalProperties(type: string): Record<string, unknown> {
  const schema = schemaOf(type)
  if (!schema) throw new Error(`${type} has no schema`)
  const types = schema.types ?? {}
  return members(schema)

  function members(shape: Shape): Record<string, unknown> {
    const known = shape.properties ?? {}
    return Object.fromEntries((shape.required ?? []).map(name => [name, value(known[name] ?? '', name)]))
  }

  function value(alternatives: string, name: string): unknown {
    const [expected = ''] = alternatives.split('|')
    if (expected.endsWith('[]')) return [value(expected.slice(0, -2), name)]
    if (expected.endsWith('{}')) return {key: value(expected.slice(0, -2), name)}
    if (expected === 'Tag') return {Key: 'a', Value: 'b'}
    if (expected === 'json') return {}
    if (expected === 'boolean') return true
    if (expected === 'integer' || expected === 'number') return 1
    return types[expected] ? members(types[expected]) : `some-${name.toLowerCase()}`
  }
}
