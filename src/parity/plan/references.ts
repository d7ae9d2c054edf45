import {isObject, type Json, type JsonObject} from '../json.js'
import type {Address} from './address.js'
import {type ConfiguredModule, moduleAt} from './configuration.js'
import {memberOf} from './masks.js'
import {own} from './members.js'

export type References = Readonly<Record<string, readonly string[]>>

/**
 * What the resources of a plan refer to, by what the configuration says: through variables of modules and outputs of
 * modules to the resources behind them. What a local value or a `for_each` stands for is not in the document.
 */
export class ReferenceReader {
  readonly #root: ConfiguredModule
  readonly #known = new Map<string, References>()
  readonly #resources = new Map<ConfiguredModule, ReadonlyMap<string, JsonObject>>()

  constructor(root: ConfiguredModule) {
    this.#root = root
  }

  /** By path of the attribute (`default_action.0.target_group_arn`); instances of a resource share one object. */
  of({modules, type, name}: Address): References {
    const path = modules.map(step => step.name)
    const id = [...path, type, name].join('/')
    let references = this.#known.get(id)
    if (references === undefined) {
      references = this.#read(path, `${type}.${name}`)
      this.#known.set(id, references)
    }
    return references
  }

  /** Attributes and blocks that the configuration has; blocks that it makes from a value (`dynamic`) are not told. */
  configured({modules, type, name}: Address): readonly string[] {
    const module = moduleAt(
      this.#root,
      modules.map(step => step.name),
    )
    const declared = module && this.#resourcesOf(module).get(`${type}.${name}`)
    const expressions = declared && own(declared, 'expressions')
    return isObject(expressions) ? Object.keys(expressions) : []
  }

  #read(path: readonly string[], resource: string): References {
    const module = moduleAt(this.#root, path)
    const declared = module && this.#resourcesOf(module).get(resource)
    if (module === undefined || declared === undefined) return {}
    const found: [string, readonly string[]][] = []
    for (const [attribute, references] of expressionsIn(own(declared, 'expressions'), '')) {
      const behind = [...new Set(resolved(references, module, new Set()))]
      if (behind.length > 0) found.push([attribute, behind])
    }
    return Object.fromEntries(found)
  }

  #resourcesOf(module: ConfiguredModule): ReadonlyMap<string, JsonObject> {
    let resources = this.#resources.get(module)
    if (resources === undefined) {
      const managed = module.resources.filter(({mode}) => mode === 'managed')
      resources = new Map(managed.map(resource => [`${resource.type}.${resource.name}`, resource]))
      this.#resources.set(module, resources)
    }
    return resources
  }
}

/** Leaves of `expressions`: an attribute has `references` or a `constant_value`, a block has attributes of its own. */
function* expressionsIn(value: Json | undefined, path: string): Generator<[string, readonly string[]]> {
  if (Array.isArray(value)) {
    for (const [index, block] of value.entries()) yield* expressionsIn(block, `${path}.${index}`)
    return
  }
  if (!isObject(value)) return
  const references = textsIn(own(value, 'references'))
  if (references.length > 0) {
    yield [path, references]
    return
  }
  for (const [name, member] of Object.entries(value))
    yield* expressionsIn(member, path === '' ? name : `${path}.${name}`)
}

/** @param seen what is being followed: configurations have no circles, files that somebody edited may */
function* resolved(
  references: readonly string[],
  module: ConfiguredModule,
  seen: Set<string>,
): Generator<string> {
  for (const reference of references) {
    const [kind, name = '', output] = reference.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g, '').split('.')
    if (kind === undefined || elsewhere.has(kind)) continue
    if (notTold.has(kind)) {
      yield reference
      continue
    }
    const id = `${module.path.join('/')}:${reference}`
    if (seen.has(id)) continue
    seen.add(id)
    if (kind === 'var') yield* throughVariable(name, module, seen)
    else if (kind === 'module') yield* throughOutput(name, output, module, seen)
    else yield [...module.path.flatMap(step => ['module', step]), reference].join('.')
  }
}

/** What no resource is behind. */
const elsewhere: ReadonlySet<string> = new Set(['count', 'path', 'terraform', 'tofu'])

/** What anything may be behind. */
const notTold: ReadonlySet<string> = new Set(['local', 'each', 'self'])

function* throughVariable(name: string, {caller}: ConfiguredModule, seen: Set<string>): Generator<string> {
  if (caller === undefined) return
  const expression = memberOf(own(caller.call, 'expressions'), name)
  yield* resolved(textsIn(memberOf(expression, 'references')), caller.module, seen)
}

function* throughOutput(
  name: string,
  output: string | undefined,
  module: ConfiguredModule,
  seen: Set<string>,
): Generator<string> {
  const called = module.children.get(name)
  if (called === undefined || output === undefined) return
  const expression = memberOf(memberOf(own(called.declared, 'outputs'), output), 'expression')
  yield* resolved(textsIn(memberOf(expression, 'references')), called, seen)
}

function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}
