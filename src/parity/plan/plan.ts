import {isObject, type Json, type JsonObject} from '../json.js'
import {AddressError, parseAddress} from './address.js'
import {callerOf} from './caller.js'
import {changesOf, isDestroyPlan, type ManagedChange, remains} from './changes.js'
import {completenessOf} from './completeness.js'
import {configurationOf} from './configuration.js'
import {MalformedError, namingFile, objectAt, own, shallow, textAt} from './members.js'
import {moduleInputs} from './module-inputs.js'
import {recognise} from './recognise.js'
import {ReferenceReader} from './references.js'
import type {TerraformPlan, TerraformResource} from './resource.js'
import {secretSources} from './secret-sources.js'
import {SecretValues} from './secret-values.js'

/**
 * Reads a plan that Terraform or OpenTofu wrote with `show -json`.
 *
 * @param bytes of the file, in any encoding that a shell writes
 * @param name how messages call it: `plan.json`, `standard input`
 * @throws McpgwError with a code for each thing that is no such plan; nothing of what the file holds is in the message
 */
export function readPlan(bytes: Uint8Array, name: string): TerraformPlan {
  const document = recognise(bytes, name, 'plan')
  return namingFile(name, () => planOf(document))
}

function planOf(document: JsonObject): TerraformPlan {
  const changes = changesOf(document)
  const configuration = configurationOf(document)
  const variables = variablesOf(document)
  return {
    tool: toolOf(document, changes),
    version: versionOf(document),
    formatVersion: textAt(document, 'format_version', ''),
    resources: resourcesOf(changes, new ReferenceReader(configuration)),
    variables,
    inputs: moduleInputs(own(document, 'configuration'), variables),
    caller: callerOf(document),
    partial: completenessOf(document, configuration, changes),
    secrets: new SecretValues(secretSources(document)),
  }
}

/** What will be there; of a plan that only deletes, what is there now. */
function resourcesOf(changes: readonly ManagedChange[], references: ReferenceReader): TerraformResource[] {
  const isDestroy = isDestroyPlan(changes)
  const addresses = new Set<string>()
  return changes.flatMap(({where, address, previousAddress, actions, change}) => {
    if (!isDestroy && !remains(actions)) return []
    if (addresses.has(address)) throw new MalformedError(`${where}.address`, 'the only one of its kind')
    addresses.add(address)
    const parsed = addressOf(address, where)
    const side = isDestroy ? 'before' : 'after'
    const values = own(change, side) ?? {}
    if (!isObject(values)) throw new MalformedError(`${where}.change.${side}`, 'an object')
    const unknown = isDestroy ? false : maskOf(change, 'after_unknown')
    return [
      {
        address,
        ...(previousAddress !== undefined && {previousAddress}),
        parsed,
        type: parsed.type,
        values: shallow(values, `${where}.change.${side}`),
        unknown,
        unknownInPlan: unknown,
        sensitive: maskOf(change, `${side}_sensitive`),
        actions,
        references: references.of(parsed),
        configured: references.configured(parsed),
      },
    ]
  })
}

function addressOf(address: string, where: string): TerraformResource['parsed'] {
  try {
    return parseAddress(address)
  } catch (error) {
    if (error instanceof AddressError)
      throw new MalformedError(`${where}.address`, 'an address of a resource')
    throw error
  }
}

function maskOf(change: JsonObject, member: string): Json {
  return shallow(own(change, member) ?? false, member)
}

/** A variable without a value is null, and has no `value` then. */
function variablesOf(document: JsonObject): JsonObject {
  const variables = Object.entries(objectAt(document, 'variables', ''))
  return Object.fromEntries(
    variables.map(([name, variable], index) => {
      if (!isObject(variable)) throw new MalformedError(`variables.${index}`, 'an object')
      return [name, own(variable, 'value') ?? null]
    }),
  )
}

function versionOf(document: JsonObject): string | null {
  const version = own(document, 'terraform_version')
  return typeof version === 'string' ? version : null
}

/**
 * Both write `terraform_version`. OpenTofu takes providers from a registry of its own unless told otherwise, and its
 * documents lack `applyable` and `complete`, which Terraform has since 1.8.
 */
function toolOf(document: JsonObject, changes: readonly ManagedChange[]): TerraformPlan['tool'] {
  if (changes.some(({provider}) => provider.startsWith('registry.opentofu.org/'))) return 'opentofu'
  if ('applyable' in document || 'complete' in document) return 'terraform'
  return changes.some(({provider}) => provider.startsWith('registry.terraform.io/')) ? 'terraform' : 'unknown'
}
