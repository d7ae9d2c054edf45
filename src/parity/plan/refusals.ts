import {invalidInput, type McpgwError} from '../../errors.js'

// What a file is where it is not what is wanted, and the command that makes the right one. Nothing of what the file holds
// is in a message: it may be secret.

const showCommand = 'tofu show -json plan.out > plan.json, or terraform show -json plan.out > plan.json'
const makeAgain = `Make it again: ${showCommand}.`
const planCommand =
  'tofu plan -out plan.out, then tofu show -json plan.out > plan.json, or the same with terraform'
const makePlan = `Save the plan, and show it as JSON: ${planCommand}.`
const stateCommand = 'tofu show -json > state.json, or terraform show -json > state.json'

/** @param name how messages call the file: `plan.json`, `standard input` */
type Refusal = (name: string) => McpgwError

export const emptyFile: Refusal = name =>
  invalidInput(
    'TERRAFORM_FILE_EMPTY',
    `${capital(name)} is empty: the command that should have written it failed, or has not run.`,
    makeAgain,
  )

export const damagedArchive: Refusal = name =>
  invalidInput(
    'TERRAFORM_FILE_DAMAGED',
    `${capital(name)} is compressed with gzip, and cannot be unpacked: it is damaged, cut off, or more than 512 MB.`,
    `Copy it again. ${makeAgain}`,
  )

export const noText: Refusal = name =>
  invalidInput('TERRAFORM_FILE_NO_TEXT', `${capital(name)} is neither UTF-8 nor UTF-16.`, makeAgain)

export const binaryPlan: Refusal = name =>
  invalidInput(
    'TERRAFORM_BINARY_PLAN',
    `${capital(name)} is a saved plan in its binary form, which only the version that made it can read.`,
    `Turn it into JSON in the folder of its configuration: ${showCommand}.`,
  )

export const textOutput: Refusal = name =>
  invalidInput(
    'TERRAFORM_TEXT_OUTPUT',
    `${capital(name)} is what the tool prints for people, not JSON.`,
    makePlan,
  )

export const textBeforeJson: Refusal = name =>
  invalidInput(
    'TERRAFORM_TEXT_BEFORE_JSON',
    `In ${name} other text stands before the JSON, such as a warning of the tool.`,
    `Mend what it warns of, or delete the lines before the one that begins with {"format_version". ${makeAgain}`,
  )

export const eventStream: Refusal = name =>
  invalidInput(
    'TERRAFORM_EVENT_STREAM',
    `${capital(name)} is the stream of messages that plan -json and apply -json print, which holds no properties.`,
    makePlan,
  )

export const rawState: Refusal = name =>
  invalidInput(
    'TERRAFORM_RAW_STATE',
    `${capital(name)} is a raw state, whose form may change with every version.`,
    `Show it as JSON: tofu show -json FILE.tfstate > state.json (or with terraform), and give that with --tf-state. A plan: ${showCommand}.`,
  )

export const emptyState: Refusal = name =>
  invalidInput(
    'TERRAFORM_EMPTY_STATE',
    `${capital(name)} is a state that holds nothing: show -json without a file prints it where nothing was applied.`,
    `A plan is shown by the name of its file: ${showCommand}. A state is there after an apply: ${stateCommand}.`,
  )

export const stateAsPlan: Refusal = name =>
  invalidInput(
    'TERRAFORM_STATE_AS_PLAN',
    `${capital(name)} is a state, and a plan is wanted.`,
    `Give it with --tf-state, and a plan with --tf-plan: ${planCommand}.`,
  )

export const planAsState: Refusal = name =>
  invalidInput(
    'TERRAFORM_PLAN_AS_STATE',
    `${capital(name)} is a plan, and a state is wanted.`,
    `Give it with --tf-plan, and a state with --tf-state: ${stateCommand}.`,
  )

export const encrypted: Refusal = name =>
  invalidInput(
    'TERRAFORM_FILE_ENCRYPTED',
    `${capital(name)} is encrypted by OpenTofu.`,
    'Show it as JSON in the folder of its configuration, which has the key: tofu show -json plan.out > plan.json, or tofu show -json > state.json.',
  )

export const configurationFile: Refusal = name =>
  invalidInput(
    'TERRAFORM_CONFIGURATION',
    `${capital(name)} is a configuration, and not what was planned from it.`,
    makePlan,
  )

export const otherOutput: Refusal = name =>
  invalidInput(
    'TERRAFORM_OTHER_OUTPUT',
    `${capital(name)} is the output of another command of Terraform or OpenTofu, such as output, validate, version or providers schema.`,
    makePlan,
  )

export const otherJson: Refusal = name =>
  invalidInput('TERRAFORM_OTHER_JSON', `${capital(name)} is JSON, but neither a plan nor a state.`, makeAgain)

export const noJson: Refusal = name =>
  invalidInput('TERRAFORM_NOT_JSON', `${capital(name)} is no JSON.`, makeAgain)

export interface Place {
  /** From 1. */
  readonly line: number
  readonly column: number
  readonly isEnd: boolean
}

export function brokenJson(name: string, {line, column, isEnd}: Place): McpgwError {
  const what = isEnd
    ? `breaks off at line ${line}, column ${column}: it was cut off`
    : `is not valid at line ${line}, column ${column}`
  return invalidInput('TERRAFORM_BROKEN_JSON', `The JSON of ${name} ${what}.`, makeAgain)
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
    `${capital(name)} has format version ${version}; 1.x is read, which Terraform has written since 1.1, and OpenTofu always.`,
    version.startsWith('0.') ? `Make it with a later version: ${showCommand}.` : 'Use a later mcpgw.',
  )
}

export function unrelatedState(name: string, reason: string): McpgwError {
  return invalidInput(
    'TERRAFORM_STATE_UNRELATED',
    `${capital(name)} is no state of what the plan is about: ${reason}.`,
    `Make both in the same folder and workspace: ${stateCommand}.`,
  )
}

/** Files keep their names; `standard input` begins a sentence. */
function capital(name: string): string {
  return name === 'standard input' ? 'Standard input' : name
}
