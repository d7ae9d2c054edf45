import {readFileSync} from 'node:fs'
import {gunzipSync} from 'node:zlib'
import type {JsonObject} from '../../src/parity/json.js'
import {type Address, parseAddress} from '../../src/parity/plan/address.js'

/** A managed resource of the plan of v1.0.7, with what the plan knows and what an applied state knows. */
export interface PlannedResource {
  readonly address: string
  readonly parsed: Address
  readonly type: string
  /** By the plan. */
  readonly after: JsonObject
  readonly unknown: JsonObject
  /** By the state. */
  readonly applied: JsonObject
}

type Document = any

function read(name: string): Document {
  return JSON.parse(
    gunzipSync(readFileSync(new URL(`../fixtures/parity/${name}`, import.meta.url))).toString('utf8'),
  )
}

const plan = read('v107-domain-use1.json.gz')
const state = new Map<string, JsonObject>(valuesOf(read('v107-applied-state.json.gz').values.root_module))

function valuesOf(module: Document): [string, JsonObject][] {
  const own = (module.resources ?? []).map(({address, values}: Document) => [address, values])
  return [...own, ...(module.child_modules ?? []).flatMap(valuesOf)]
}

export const planned: readonly PlannedResource[] = plan.resource_changes
  .filter(({mode}: Document) => mode === 'managed')
  .map(({address, type, change}: Document) => ({
    address,
    parsed: parseAddress(address),
    type,
    after: change.after,
    unknown: change.after_unknown,
    applied: state.get(address) ?? {},
  }))

export const variables: JsonObject = Object.fromEntries(
  Object.entries(plan.variables).map(([name, {value}]: [string, Document]) => [name, value ?? null]),
)
