import {isObject, type Json, type JsonObject} from '../json.js'
import {beginsWith, decode} from './decode.js'
import {brokenAt} from './json-position.js'
import {brokenJson, refusal, unsupportedFormat} from './refusals.js'

export type DocumentKind = 'plan' | 'state'

/**
 * The document of `show -json` in a file, known by its bytes, of a format version that is read (major version 1; unknown
 * members are the business of later versions).
 *
 * @param name how messages call the file
 * @throws McpgwError a code for everything else that people have at hand, with the command that makes the right file
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 * @see https://opentofu.org/docs/internals/json-format/
 */
export function recognise(bytes: Uint8Array, name: string, wanted: DocumentKind): JsonObject {
  if (beginsWith(bytes, zip)) throw refusal('TERRAFORM_BINARY_PLAN', name)
  const text = decode(bytes, name)
  if (text.trim() === '') throw refusal('TERRAFORM_FILE_EMPTY', name)
  const document = parsed(text, name)
  const formatVersion = formatVersionOf(document, name)
  const kind = kindOf(document, name)
  if (kind !== wanted)
    throw refusal(kind === 'state' ? 'TERRAFORM_STATE_AS_PLAN' : 'TERRAFORM_PLAN_AS_STATE', name)
  if (!/^1\.\d+(?:[.-]|$)/.test(formatVersion)) throw unsupportedFormat(name, shownVersion(formatVersion))
  return document
}

const zip = [0x50, 0x4b, 0x03, 0x04]

function parsed(text: string, name: string): JsonObject {
  let value: Json
  try {
    value = JSON.parse(text)
  } catch {
    // What JSON.parse says quotes the text.
    throw unparsable(text, name)
  }
  if (!isObject(value)) throw refusal('TERRAFORM_OTHER_JSON', name)
  return value
}

function unparsable(text: string, name: string): Error {
  const plain = text.slice(0, beginning).replace(colour, '')
  if (isEventStream(plain)) return refusal('TERRAFORM_EVENT_STREAM', name)
  if (/^\s*[{[]/.test(plain)) return brokenJson(name, brokenAt(text))
  if (printed.test(plain)) return refusal('TERRAFORM_TEXT_OUTPUT', name)
  if (block.test(plain)) return refusal('TERRAFORM_CONFIGURATION', name)
  return refusal('TERRAFORM_NOT_JSON', name)
}

/** Characters: what a text is can be seen at its beginning. */
const beginning = 65_536
const colour = new RegExp(`${String.fromCharCode(0x1b)}\\[[0-9;]*[A-Za-z]`, 'g')
/** Words of `plan`, and of `show` for a plan and for a state, which begins with the address of a resource. */
const printed =
  /^(?:(?:Terraform|OpenTofu) (?:used|will|planned|has|cannot|detected)|No changes\.|Changes to Outputs:|Plan: \d|The state file is empty|Note: Objects have changed|# [\w.-]+(?:\[.*\])?(?:\.[\w.-]+(?:\[.*\])?)*:|[╷│]|Error: )|^[^\n]*: (?:Refreshing state|Reading)\.\.\.| will be (?:created|destroyed|updated in-place|read during apply)\s*$/mu
const block =
  /^\s*(?:(?:terraform|locals|variable|provider|resource|data|module|output|import|moved|removed|check)\b[^\n={]*\{|[\w-]+\s*=\s*\S)/m

/** Each message is a document of its own, the first says which version of the interface it is. */
function isEventStream(plain: string): boolean {
  return /^\s*\{"@level":"/.test(plain) || /^\s*\{[^\n]*"@module":"(?:terraform|tofu)\.ui"/.test(plain)
}

function formatVersionOf(document: JsonObject, name: string): string {
  if ('encrypted_data' in document) throw refusal('TERRAFORM_FILE_ENCRYPTED', name)
  // A state without resources has only these two of the raw form.
  if (typeof document.version === 'number' && ('lineage' in document || 'serial' in document))
    throw refusal('TERRAFORM_RAW_STATE', name)
  if ('@level' in document) throw refusal('TERRAFORM_EVENT_STREAM', name)
  const {format_version} = document
  if (typeof format_version === 'string') return format_version
  throw refusal(isOtherOutput(document) ? 'TERRAFORM_OTHER_OUTPUT' : 'TERRAFORM_OTHER_JSON', name)
}

function kindOf(document: JsonObject, name: string): DocumentKind {
  if (planMembers.some(member => member in document)) return 'plan'
  if ('values' in document) return 'state'
  const others = Object.keys(document).filter(
    member => member !== 'format_version' && member !== 'terraform_version',
  )
  // Of a plan without changes as well as of an empty state, there would be more than versions.
  throw refusal(others.length === 0 ? 'TERRAFORM_EMPTY_STATE' : 'TERRAFORM_OTHER_OUTPUT', name)
}

const planMembers = ['planned_values', 'resource_changes', 'configuration', 'output_changes', 'errored']

/** `version -json`, and `output -json`, whose members have a value each. */
function isOtherOutput(document: JsonObject): boolean {
  if ('terraform_version' in document && 'platform' in document) return true
  const members = Object.values(document)
  return (
    members.length > 0 &&
    members.every(member => isObject(member) && 'sensitive' in member && 'value' in member)
  )
}

/** What a version may look like; anything else is not repeated. */
function shownVersion(version: string): string {
  return /^[\w.+-]{1,20}$/.test(version) ? version : 'that is no version'
}
