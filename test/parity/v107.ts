import {readFileSync} from 'node:fs'
import {gunzipSync} from 'node:zlib'
import type {JsonObject} from '../../src/parity/json.js'
import {type Counterpart, MappingLookup, readMappings} from '../../src/parity/mapping/index.js'
import {type Address, parseAddress} from '../../src/parity/plan/address.js'
import {deploy} from '../../src/parity/templates/deploy.js'
import type {DeployedResource} from '../../src/parity/templates/deployed.js'
import {loadTemplates} from '../properties/templates/template-set.js'

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

const mapping = new URL('../../parity/mapping.yaml', import.meta.url)
const lookup = new MappingLookup(readMappings(readFileSync(mapping, 'utf8'), 'parity/mapping.yaml'))

/** @throws {Error} for an address that the checked-in mapping does not take */
export function counterpartOf({address, parsed}: PlannedResource): Counterpart {
  const found = lookup.of(parsed)
  if (found === undefined) throw new Error(`nothing takes ${address}`)
  return found.counterpart
}

const resources = new Map<string, DeployedResource>()
const litellm = {EmbeddingsProvider: 'litellm', EmbeddingsModelName: 'bedrock/amazon.titan-embed-text-v2:0'}
for (const embeddings of [litellm, {}]) {
  const deployed = deploy(loadTemplates(), {
    region: 'us-east-1',
    partition: 'aws',
    account: '123456789012',
    layout: 'nested',
    parameters: {
      TemplateS3Bucket: 'templates',
      BaseDomain: 'mycorp.click',
      HostedZoneId: 'Z0123456789ABCDEFGHIJ',
      ...embeddings,
    },
  })
  for (const resource of deployed.resources())
    resources.set(`${resource.stack}.${resource.logicalId}`, resource)
}

/** A resource of the checked-in templates, with a domain, as the plan has one. */
export function here(resource: string): DeployedResource | undefined {
  return resources.get(resource)
}
