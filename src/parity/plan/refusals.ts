import {invalidInput, type McpgwError} from '../../errors.js'

/** The commands that make what is read, in both tools. */
const planCommand =
  'tofu plan -out plan.out && tofu show -json plan.out > plan.json (or the same with terraform)'
const showCommand = 'tofu show -json plan.out > plan.json, or terraform show -json plan.out > plan.json'
const stateCommand = 'tofu show -json > state.json, or terraform show -json > state.json'

/** What a file is where it is not what is wanted: how the sentence goes on behind its name, and what to do. */
const reasons = {
  TERRAFORM_FILE_EMPTY: [
    'is empty: the command that should have written it failed, or has not run',
    `Make it again: ${showCommand}.`,
  ],
  TERRAFORM_FILE_DAMAGED: [
    'is compressed with gzip, and cannot be unpacked: it is damaged, cut off, or more than 512 MB',
    `Copy it again, or make it again: ${showCommand}.`,
  ],
  TERRAFORM_FILE_NO_TEXT: ['is no text: it is neither UTF-8 nor UTF-16', `Make it again: ${showCommand}.`],
  TERRAFORM_BINARY_PLAN: [
    'is a saved plan in its binary form, which only the version that made it can read',
    `Turn it into JSON in the folder of the configuration: ${showCommand}.`,
  ],
  TERRAFORM_TEXT_OUTPUT: [
    'is what the tool prints for people, not JSON',
    `Save the plan, and show it as JSON: ${planCommand}.`,
  ],
  TERRAFORM_EVENT_STREAM: [
    'is the stream of messages that plan -json or apply -json prints, which holds no properties',
    `Save the plan, and show it as JSON: ${planCommand}.`,
  ],
  TERRAFORM_RAW_STATE: [
    'is a raw state file, whose format may change with every version',
    `A plan: ${showCommand}. A state: ${stateCommand}; of this file: tofu show -json FILE.tfstate > state.json.`,
  ],
  TERRAFORM_EMPTY_STATE: [
    'holds a format version alone: it is the state of a folder in which nothing was applied',
    `A plan needs the name of its file: ${showCommand}. A state is there after an apply: ${stateCommand}.`,
  ],
  TERRAFORM_STATE_AS_PLAN: [
    'is a state, and a plan is wanted',
    `Give it with --tf-state, and make a plan: ${planCommand}.`,
  ],
  TERRAFORM_PLAN_AS_STATE: [
    'is a plan, and a state is wanted',
    `Give it with --tf-plan. A state: ${stateCommand}.`,
  ],
  TERRAFORM_FILE_ENCRYPTED: [
    'is encrypted by OpenTofu',
    'Show it as JSON in the folder of the configuration, whose encryption block can read it: tofu show -json plan.out > plan.json, or tofu show -json > state.json.',
  ],
  TERRAFORM_CONFIGURATION: [
    'is a configuration, and not what was planned from it',
    `Make a plan of it: ${planCommand}.`,
  ],
  TERRAFORM_OTHER_OUTPUT: [
    'is the output of another command of Terraform or OpenTofu (validate, output, providers schema, version)',
    `Make a plan: ${planCommand}.`,
  ],
  TERRAFORM_OTHER_JSON: [
    'is JSON, but no plan and no state: it has no format_version',
    `Make it again: ${showCommand}.`,
  ],
  TERRAFORM_NOT_JSON: ['is no JSON', `Make it again: ${showCommand}.`],
} as const

export type RefusalCode = keyof typeof reasons

/** Nothing of what the file holds is in the message: it may be secret. */
export function refusal(code: RefusalCode, name: string): McpgwError {
  const [reason, hint] = reasons[code]
  return invalidInput(code, `${capital(name)} ${reason}.`, hint)
}

/** JSON that breaks off or is wrong at a place. @param at line and column, from 1 */
export function brokenJson(name: string, at: {line: number; column: number; isEnd: boolean}): McpgwError {
  const place = `line ${at.line}, column ${at.column}`
  const what = at.isEnd ? `breaks off at ${place}: it was cut off` : `is not valid at ${place}`
  return invalidInput(
    'TERRAFORM_BROKEN_JSON',
    `The JSON of ${name} ${what}.`,
    `Make it again: ${showCommand}.`,
  )
}

/** @param where the member that is not as the format has it, such as `resource_changes.3.change` */
export function malformed(name: string, where: string, wanted: string): McpgwError {
  return invalidInput(
    'TERRAFORM_DOCUMENT_MALFORMED',
    `In ${name}, ${where} is not ${wanted}, as the format of Terraform's JSON has it.`,
    `Make the file again, and do not change it: ${showCommand}.`,
  )
}

export function unsupportedFormat(name: string, version: string): McpgwError {
  return invalidInput(
    'TERRAFORM_FORMAT_VERSION',
    `${capital(name)} has format version ${version}; 1.x is read, which Terraform 1.1 and OpenTofu 1.6 and later write.`,
    version.startsWith('0.') ? `Make it with a later version: ${showCommand}.` : 'Use a later mcpgw.',
  )
}

export function unrelatedState(name: string, reason: string): McpgwError {
  return invalidInput(
    'TERRAFORM_STATE_UNRELATED',
    `${capital(name)} is not a state of what the plan is about: ${reason}.`,
    `Make both in the same folder and workspace: ${stateCommand}.`,
  )
}

/** `standard input` begins a sentence; the names of files stay as they are. */
function capital(name: string): string {
  return name === 'standard input' ? 'Standard input' : name
}
