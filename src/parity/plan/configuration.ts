import {isObject, type JsonObject} from '../json.js'
import {MalformedError, objectAt, objectsAt, own} from './members.js'

/** A module as the configuration declares it, once for all its instances. */
export interface ConfiguredModule {
  /** Names of the calls from the root: `['mcp_gateway', 'alb']`. */
  readonly path: readonly string[]
  readonly declared: JsonObject
  readonly resources: readonly JsonObject[]
  readonly children: ReadonlyMap<string, ConfiguredModule>
  /** The module that calls it, and how; of the root there is none. */
  readonly caller: {readonly module: ConfiguredModule; readonly call: JsonObject} | undefined
}

/** The tree of modules in `configuration` of a plan. */
export function configurationOf(document: JsonObject): ConfiguredModule {
  const configuration = objectAt(document, 'configuration', '')
  return moduleOf(
    objectAt(configuration, 'root_module', 'configuration'),
    [],
    'configuration.root_module',
    undefined,
  )
}

function moduleOf(
  declared: JsonObject,
  path: readonly string[],
  where: string,
  caller: ConfiguredModule['caller'],
): ConfiguredModule {
  const children = new Map<string, ConfiguredModule>()
  const resources = objectsAt(declared, 'resources', where)
  const module = {path, declared, resources, children, caller}
  const calls = objectAt(declared, 'module_calls', where)
  for (const [index, [name, call]] of Object.entries(calls).entries()) {
    const callAt = `${where}.module_calls.${index}`
    if (!isObject(call)) throw new MalformedError(callAt, 'an object')
    const called = objectAt(call, 'module', callAt)
    children.set(name, moduleOf(called, [...path, name], `${callAt}.module`, {module, call}))
  }
  return module
}

/** @param path names of calls; undefined where the configuration has no such module any more */
export function moduleAt(root: ConfiguredModule, path: readonly string[]): ConfiguredModule | undefined {
  return path.reduce<ConfiguredModule | undefined>((module, name) => module?.children.get(name), root)
}

/** `count` or `for_each` of a resource or a call, as an expression of the configuration. */
export function repetitionOf(declared: JsonObject): JsonObject | undefined {
  const expression = own(declared, 'count_expression') ?? own(declared, 'for_each_expression')
  return isObject(expression) ? expression : undefined
}
