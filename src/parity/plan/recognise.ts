import {isObject, type Json, type JsonObject} from '../json.js'
import {beginsWith, decode} from './decode.js'
import {brokenAt} from './json-position.js'
import {isSpace, parseLarge} from './large-json.js'
import {
  binaryPlan,
  brokenJson,
  configurationFile,
  emptyFile,
  emptyState,
  encrypted,
  eventStream,
  malformed,
  otherJson,
  otherOutput,
  planAsState,
  rawState,
  stateAsPlan,
  unsupportedFormat,
} from './refusals.js'
import {textKind} from './text-kind.js'

export type DocumentKind = 'plan' | 'state'

/**
 * The document of `show -json` in a file, known by its bytes, of a format version that is read: major version 1, and
 * members that are not known are passed over, as the format asks for.
 *
 * @param name how messages call the file
 * @throws McpgwError a code for everything else that people have at hand, with the command that makes the right file
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 * @see https://opentofu.org/docs/internals/json-format/
 */
export function recognise(bytes: Uint8Array, name: string, wanted: DocumentKind): JsonObject {
  if (beginsWith(bytes, zip)) throw binaryPlan(name)
  const text = decode(bytes, name)
  if (text.every(isSpace)) throw emptyFile(name)
  const document = parsed(text, name)
  const formatVersion = formatVersionOf(document, name)
  const kind = kindOf(document, name)
  if (kind !== wanted) throw kind === 'state' ? stateAsPlan(name) : planAsState(name)
  if (!/^1\.\d+$/.test(formatVersion)) throw unsupportedFormat(name, formatVersion)
  return document
}

const zip = [0x50, 0x4b, 0x03, 0x04]

function parsed(utf8: Uint8Array, name: string): JsonObject {
  let value: Json
  try {
    value = parseLarge(utf8)
  } catch {
    // What JSON.parse says quotes the text; it is no cause either.
    const text = new TextDecoder().decode(utf8)
    throw textKind(text)?.(name) ?? brokenJson(name, brokenAt(text))
  }
  if (!isObject(value)) throw otherJson(name)
  return value
}

function formatVersionOf(document: JsonObject, name: string): string {
  if ('encrypted_data' in document) throw encrypted(name)
  if (typeof document.version === 'number' && ('lineage' in document || 'serial' in document))
    throw rawState(name)
  if (isEvent(document)) throw eventStream(name)
  const {format_version} = document
  if (typeof format_version === 'string' && aVersion.test(format_version)) return format_version
  if (format_version !== undefined) throw malformed(name, 'format_version', 'a version')
  if (isOtherOutput(document)) throw otherOutput(name)
  throw isConfiguration(document) ? configurationFile(name) : otherJson(name)
}

/** Major and minor; nothing longer is repeated in a message. */
const aVersion = /^\d{1,4}\.\d{1,4}$/

function kindOf(document: JsonObject, name: string): DocumentKind {
  if (planMembers.some(member => member in document)) return 'plan'
  if ('values' in document) return 'state'
  if (otherMembers.some(member => member in document)) throw otherOutput(name)
  const others = Object.keys(document).filter(member => !emptyMembers.includes(member))
  throw others.length === 0 ? emptyState(name) : otherJson(name)
}

const planMembers = ['planned_values', 'resource_changes', 'configuration', 'output_changes', 'errored']
/** Of `validate`, `providers schema`, `metadata functions` and `modules`, which have a format version too. */
const otherMembers = ['valid', 'provider_schemas', 'function_signatures', 'modules']
const emptyMembers = ['format_version', 'terraform_version', 'checks', 'timestamp']

/** A stream that ended with its first message, which tells the versions. */
function isEvent(document: JsonObject): boolean {
  return '@level' in document || (document.type === 'version' && 'ui' in document)
}

/** `version -json`, and `output -json`, whose members have a value each. */
function isOtherOutput(document: JsonObject): boolean {
  if ('terraform_version' in document && 'platform' in document) return true
  const members = Object.values(document)
  return (
    members.length > 0 &&
    members.every(member => isObject(member) && 'sensitive' in member && 'value' in member)
  )
}

/** A configuration in its JSON form, `.tf.json`. */
function isConfiguration(document: JsonObject): boolean {
  const members = Object.keys(document).filter(member => member !== '//')
  return members.length > 0 && members.every(member => blocks.includes(member))
}

const blocks = ['terraform', 'provider', 'variable', 'locals', 'resource', 'data', 'module', 'output']
