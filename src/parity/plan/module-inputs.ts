import {isObject, type Json, type JsonObject} from '../json.js'
import {memberOf} from './masks.js'

/**
 * The inputs of the modules that the root module calls, `module.mcp_gateway.cpu`: a constant, the value of the variable of
 * the root module that it is, or the default of the module. What is computed is left out.
 * @param configuration the `configuration` of a plan
 * @param variables of the root module, by name
 */
export function moduleInputs(configuration: Json | undefined, variables: JsonObject): JsonObject {
  const calls = memberOf(memberOf(configuration, 'root_module'), 'module_calls')
  return Object.fromEntries(
    Object.entries(isObject(calls) ? calls : {}).flatMap(([name, call]) =>
      inputsOf(call, variables).map(([input, value]) => [`module.${name}.${input}`, value]),
    ),
  )
}

function inputsOf(call: Json, variables: JsonObject): [string, Json][] {
  const expressions = memberOf(call, 'expressions')
  const declared = memberOf(memberOf(call, 'module'), 'variables')
  return Object.entries(isObject(declared) ? declared : {}).flatMap(([name, declaration]) => {
    const expression = memberOf(expressions, name)
    const value =
      expression === undefined ? memberOf(declaration, 'default') : inputValue(expression, variables)
    return value === undefined ? [] : [[name, value]]
  })
}

function inputValue(expression: Json, variables: JsonObject): Json | undefined {
  const constant = memberOf(expression, 'constant_value')
  const references = memberOf(expression, 'references')
  if (constant !== undefined || !Array.isArray(references) || references.length !== 1) return constant
  const [, variable] = /^var\.(.+)$/.exec(String(references[0])) ?? []
  // What a function makes of a variable alone looks the same, and is rare: inputs are passed on.
  return variable === undefined ? undefined : variables[variable]
}
