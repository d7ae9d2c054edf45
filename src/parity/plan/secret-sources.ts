import {isObject, type Json, type JsonObject} from '../json.js'
import {memberOf} from './masks.js'
import {own} from './members.js'
import type {SecretSources} from './secret-values.js'

/**
 * Everything in a document of `show -json` that may not be shown. Sensitive values stand in clear in it, at many places:
 * under the masks of resources before and after, in drift and in what is deferred, in `planned_values` and `prior_state`,
 * in outputs, and in `variables`, whose own mask is in the configuration.
 *
 * Whatever is not as the format has it is passed over here: the reader names it.
 */
export function secretSources(document: JsonObject): SecretSources {
  const collected = new Collector()
  collected.document(document)
  return collected.sources()
}

/** Everything that the masks of resources cover. */
export function secretsUnderMasks(
  resources: Iterable<{readonly values: JsonObject; readonly sensitive: Json}>,
): SecretSources {
  const collected = new Collector()
  for (const {values, sensitive} of resources) collected.under(sensitive, values)
  return collected.sources()
}

class Collector {
  readonly secrets = new Set<string>()
  readonly names = new Set<string>()
  readonly open = new Set<string>()

  sources(): SecretSources {
    return {secrets: this.secrets, names: [...this.names].join('\n'), open: this.open}
  }

  document(document: JsonObject): void {
    const root = object(object(document.configuration).root_module)
    this.variables(object(document.variables), object(root.variables))
    this.configuration(root)
    this.providers(object(object(document.configuration).provider_config))
    for (const member of ['resource_changes', 'resource_drift']) {
      for (const change of list(document[member])) this.change(object(change))
    }
    for (const deferred of list(document.deferred_changes))
      this.change(object(object(deferred).resource_change))
    for (const [name, output] of Object.entries(object(document.output_changes))) {
      this.names.add(name)
      this.values(object(output))
    }
    this.module(object(document.planned_values))
    this.module(object(object(document.prior_state).values))
    this.module(object(document.values))
  }

  /** An ephemeral value is nobody's business either. */
  variables(values: JsonObject, declared: JsonObject): void {
    for (const [name, variable] of Object.entries(values)) {
      this.names.add(name)
      const value = own(object(variable), 'value')
      if (isSecret(own(declared, name))) this.hidden(value)
      else for (const text of textsOf(value)) this.open.add(text)
    }
  }

  /** Defaults of sensitive variables, and constants that are handed to such. */
  configuration(module: JsonObject): void {
    for (const declared of Object.values(object(module.variables))) {
      if (isSecret(declared)) this.hidden(own(object(declared), 'default'))
    }
    for (const output of Object.values(object(module.outputs))) {
      if (isSecret(output)) this.hidden(own(object(object(output).expression), 'constant_value'))
    }
    for (const [name, call] of Object.entries(object(module.module_calls))) {
      this.names.add(name)
      const {expressions, module: called} = object(call)
      const declared = object(object(called).variables)
      for (const [input, expression] of Object.entries(object(expressions))) {
        if (isSecret(own(declared, input))) this.hidden(own(object(expression), 'constant_value'))
      }
      this.configuration(object(called))
    }
  }

  /** Credentials that somebody wrote into a provider's block. */
  providers(providers: JsonObject): void {
    for (const provider of Object.values(providers)) {
      for (const [name, expression] of Object.entries(object(object(provider).expressions))) {
        if (credential.test(name)) this.hidden(own(object(expression), 'constant_value'))
      }
    }
  }

  change(change: JsonObject): void {
    this.resource(change)
    this.values(object(change.change))
  }

  resource({type, name}: JsonObject): void {
    if (typeof type === 'string') this.names.add(type)
    if (typeof name === 'string') this.names.add(name)
  }

  values({before, before_sensitive, after, after_sensitive}: JsonObject): void {
    this.under(before_sensitive, before)
    this.under(after_sensitive, after)
    for (const name of Object.keys(object(after))) this.names.add(name)
  }

  /** `planned_values` and the `values` of a state: outputs, and modules inside each other. */
  module(values: JsonObject): void {
    for (const [name, output] of Object.entries(object(values.outputs))) {
      this.names.add(name)
      if (isSecret(output)) this.hidden(object(output).value)
    }
    const open = [object(values.root_module)]
    for (let module = open.pop(); module !== undefined; module = open.pop()) {
      for (const each of list(module.resources)) {
        const resource = object(each)
        this.resource(resource)
        this.under(resource.sensitive_values, resource.values)
      }
      open.push(...list(module.child_modules).map(object))
    }
  }

  under(mask: Json | undefined, value: Json | undefined): void {
    if (mask === true) return this.hidden(value)
    if (Array.isArray(mask))
      for (const [index, inner] of mask.entries()) this.under(inner, memberOf(value, index))
    else if (isObject(mask))
      for (const [name, inner] of Object.entries(mask)) this.under(inner, memberOf(value, name))
  }

  /** A secret, and what is in it, where it is a list, an object, or JSON of one. */
  hidden(value: Json | undefined): void {
    for (const text of textsOf(value)) {
      if (this.secrets.has(text)) continue
      this.secrets.add(text)
      for (const part of partsOf(text)) this.secrets.add(part)
    }
  }
}

const credential = /secret|token|password|access_key|private_key|credential/i

/** Numbers of less than four digits say nothing. */
const shortestNumber = 4

function textsOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (typeof value === 'number') return String(value).length < shortestNumber ? [] : [String(value)]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return isObject(value) ? Object.values(value).flatMap(textsOf) : []
}

function partsOf(text: string): string[] {
  if (!/^\s*[{["]/.test(text)) return []
  try {
    return textsOf(JSON.parse(text))
  } catch {
    return []
  }
}

function isSecret(declared: Json | undefined): boolean {
  return isObject(declared) && (declared.sensitive === true || declared.ephemeral === true)
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
