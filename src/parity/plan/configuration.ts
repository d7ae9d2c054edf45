import type {JsonObject} from '../json.js'
import {objectAt, objectsAt, own} from './members.js'

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
  return moduleOf(objectAt(configuration, 'root_module', 'configuration'), [], undefined)
}

function moduleOf(
  declared: JsonObject,
  path: readonly string[],
  caller: ConfiguredModule['caller'],
): ConfiguredModule {
  const where = ['configuration.root_module', ...path.flatMap(name => ['module_calls', name, 'module'])].join(
    '.',
  )
  const children = new Map<string, ConfiguredModule>()
  const resources = objectsAt(declared, 'resources', where)
  const module = {path, declared, resources, children, caller}
  const calls = objectAt(declared, 'module_calls', where)
  for (const name of Object.keys(calls)) {
    const call = objectAt(calls, name, `${where}.module_calls`)
    const called = objectAt(call, 'module', `${where}.module_calls.${name}`)
    children.set(name, moduleOf(called, [...path, name], {module, call}))
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
  return typeof expression === 'object' && expression !== null && !Array.isArray(expression)
    ? (expression as JsonObject)
    : undefined
}
