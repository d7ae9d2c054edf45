import {readFileSync} from 'node:fs'
import type {Json, JsonObject} from '../../../src/parity/json.js'
import {readPlan} from '../../../src/parity/plan/plan.js'
import type {TerraformPlan} from '../../../src/parity/plan/resource.js'

/** The bytes of one of the recorded documents. */
export function recorded(name: 'domain-use1' | 'oneshot-errored' | 'applied-state'): Buffer {
  return readFileSync(new URL(`../../fixtures/parity/v107-${name}.json.gz`, import.meta.url))
}

/** A document as a shell writes it. */
export function bytesOf(document: unknown): Buffer {
  return Buffer.from(JSON.stringify(document))
}

export function planOf(document: JsonObject): TerraformPlan {
  return readPlan(bytesOf(document), 'plan.json')
}

interface Change {
  after?: Json
  before?: Json
  after_unknown?: Json
  after_sensitive?: Json
  before_sensitive?: Json
  actions?: readonly string[]
}

/** A plan that creates what is given, by address; each is also declared, unless the configuration is given. */
export function planDocument(changes: Readonly<Record<string, Change>>, rest: JsonObject = {}): JsonObject {
  return {
    format_version: '1.2',
    terraform_version: '1.12.6',
    planned_values: {root_module: {}},
    resource_changes: Object.entries(changes).map(([address, change]) => changeOf(address, change)),
    configuration: {root_module: {}},
    errored: false,
    ...rest,
  }
}

export function changeOf(address: string, {actions = ['create'], ...change}: Change): JsonObject {
  return {
    address,
    mode: /(?:^|\.)data\./.test(address) ? 'data' : 'managed',
    type: 'terraform_data',
    name: 'x',
    provider_name: 'registry.opentofu.org/hashicorp/aws',
    change: {
      before: null,
      after: {},
      after_unknown: {},
      after_sensitive: {},
      before_sensitive: false,
      ...change,
      actions,
    },
  }
}

interface Held {
  values: JsonObject
  sensitive_values?: Json
}

/** A state that holds what is given, by address. */
export function stateDocument(held: Readonly<Record<string, Held>>, rest: JsonObject = {}): JsonObject {
  const resources = Object.entries(held).map(([address, {values, sensitive_values = {}}]) => ({
    address,
    mode: 'managed',
    type: 'terraform_data',
    name: 'x',
    values,
    sensitive_values,
  }))
  return {format_version: '1.0', terraform_version: '1.12.6', values: {root_module: {resources}}, ...rest}
}
