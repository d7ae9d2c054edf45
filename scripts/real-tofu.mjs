// Has a real OpenTofu write plans and states in every form that it has, and checks that `mcpgw parity` reads each, or
// refuses it by its name: `npm run build && node scripts/real-tofu.mjs`. No cloud: the resources are its built-in
// terraform_data. Builds OpenTofu from the Go module proxy, which takes some minutes and a Go of 1.21 or later; what was
// built stays in node_modules/.cache. TOFU=/path/to/tofu takes another one; a terraform will do as well, without what is
// OpenTofu's alone. Ends with 0 when all is as it should be.
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {builtTofu} from './build-tofu.mjs'

const bin = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mcpgw-real-tofu-'))
/** Stands in variables, resources and outputs, and must stand nowhere else. */
const canary = 'Canary-4711-Passw0rd'

const main = `
terraform {
  required_version = ">= 1.1"
}
variable "secret" {
  type      = string
  sensitive = true
  default   = "${canary}"
}
variable "number" {
  type    = number
  default = 2
}
variable "fails" {
  type    = bool
  default = false
}
resource "terraform_data" "alone" {
  input = "a"
}
resource "terraform_data" "dependent" {
  input = terraform_data.alone.id
}
resource "terraform_data" "many" {
  count = var.number
  input = "number \${count.index}"
}
resource "terraform_data" "keys" {
  for_each = toset(["a.b", "q\\"uote", "back\\\\slash", "br]ack[et", "üñ😀", "$\${x}", "line\\nend", "\\u0001"])
  input    = each.key
}
resource "terraform_data" "secret" {
  input = var.secret
}
resource "terraform_data" "failing" {
  input = "x"
  lifecycle {
    precondition {
      condition     = !var.fails
      error_message = "It was told to fail."
    }
  }
}
module "repeated" {
  source   = "./module"
  for_each = toset(["x", "y.z"])
  value    = terraform_data.alone.output
}
module "none" {
  source = "./module"
  count  = 0
  value  = "n"
}
output "open" {
  value = "o"
}
output "nothing" {
  value = null
}
output "hidden" {
  value     = var.secret
  sensitive = true
}
`
const module = `
variable "value" {}
resource "terraform_data" "this" {
  input = var.value
}
`
const encryption = `
terraform {
  encryption {
    key_provider "pbkdf2" "key" {
      passphrase = "a passphrase of some length"
    }
    method "aes_gcm" "method" {
      keys = key_provider.pbkdf2.key
    }
    state {
      method = method.aes_gcm.method
    }
    plan {
      method = method.aes_gcm.method
    }
  }
}
`
/** alone, dependent, many[2], keys[8], secret, failing, repeated[2] */
const all = 16

const binary = process.env.TOFU ?? builtTofu()
const isTerraform = /Terraform/.test(tofu(['version'], '.').stdout)
mkdirSync(join(folder, 'module'))
writeFileSync(join(folder, 'main.tf'), main)
writeFileSync(join(folder, 'module/main.tf'), module)
let wrong = 0
try {
  must(tofu(['init']))
  beforeApply()
  must(tofu(['apply', '-auto-approve']))
  afterApply()
  if (!isTerraform) encryptedForms()
} finally {
  rmSync(folder, {recursive: true, force: true})
}
console.log(wrong === 0 ? '\nAll are read, or refused by name.' : `\n${wrong} are not as they should be.`)
process.exitCode = wrong === 0 ? 0 : 1

function beforeApply() {
  const plan = shown('plan')
  readsPlan('a plan', plan, all)
  readsPlan('a plan in UTF-8 with a byte order mark', `\uFEFF${plan}`, all)
  readsPlan('a plan in UTF-16LE, as PowerShell writes it', Buffer.from(`\uFEFF${plan}`, 'utf16le'), all)
  readsPlan('a plan in UTF-16BE', Buffer.from(`\uFEFF${plan}`, 'utf16le').swap16(), all)
  readsPlan('a plan of one target', shown('target', '-target=module.repeated'), 3, 'targeted')
  readsPlan('a plan of one instance', shown('one', '-target=terraform_data.many[1]'), 1, 'targeted')
  if (!isTerraform) {
    readsPlan(
      'a plan without one',
      shown('without', '-exclude=terraform_data.dependent'),
      all - 1,
      'targeted',
    )
    readsPlan(
      'a plan without one of many',
      shown('less', '-exclude=terraform_data.many[1]'),
      all - 1,
      'targeted',
    )
  }
  readsPlan('a plan that failed', shown('errored', '-var=fails=true'), undefined, 'errored')
  refuses('a binary plan', readFileSync(join(folder, 'plan.out')), 'TERRAFORM_BINARY_PLAN')
  refuses('the text of a plan', tofu(['show', '-no-color', 'plan.out']).stdout, 'TERRAFORM_TEXT_OUTPUT')
  refuses('the coloured text of a plan', tofu(['show', 'plan.out']).stdout, 'TERRAFORM_TEXT_OUTPUT')
  refuses('what plan prints', tofu(['plan', '-no-color']).stdout, 'TERRAFORM_TEXT_OUTPUT')
  refuses('the stream of plan -json', tofu(['plan', '-json']).stdout, 'TERRAFORM_EVENT_STREAM')
  refuses('an empty state', tofu(['show', '-json']).stdout, 'TERRAFORM_EMPTY_STATE')
  refuses('the text of an empty state', tofu(['show', '-no-color']).stdout, 'TERRAFORM_TEXT_OUTPUT')
  refuses('a plan that was cut off', plan.slice(0, plan.length / 2), 'TERRAFORM_BROKEN_JSON')
  refuses('what the shell leaves of a command that is not there', '', 'TERRAFORM_FILE_EMPTY')
  refuses('the configuration', main, 'TERRAFORM_CONFIGURATION')
  for (const args of [
    ['validate', '-json'],
    ['version', '-json'],
    ['providers', 'schema', '-json'],
  ])
    refuses(args.join(' '), tofu(args).stdout, 'TERRAFORM_OTHER_OUTPUT')
  const missing = {TF_CLI_CONFIG_FILE: join(folder, 'missing.rc')}
  const warned = tofu(['show', '-json', 'plan.out'], folder, missing).stdout
  refuses('a plan behind a warning', warned, 'TERRAFORM_TEXT_BEFORE_JSON')
}

function afterApply() {
  const state = tofu(['show', '-json']).stdout
  const unchanged = shown('unchanged')
  readsPlan('a plan without changes', unchanged, all)
  readsPlan('a plan to delete everything', shown('destroy', '-destroy'), all, 'destroy')
  readsPlan('a plan that only refreshes', shown('refresh', '-refresh-only'), 0, 'targeted')
  readsPlan(
    'a plan of one target that does not change',
    shown('still', '-target=terraform_data.alone'),
    1,
    'targeted',
  )
  readsPlan('a plan and its state', unchanged, all, undefined, state)
  readsPlan(
    'a plan before the apply, and the state after it',
    tofu(['show', '-json', 'plan.out']).stdout,
    all,
    undefined,
    state,
  )
  refuses('a state for a plan', state, 'TERRAFORM_STATE_AS_PLAN')
  refuses('the text of a state', tofu(['show', '-no-color']).stdout, 'TERRAFORM_TEXT_OUTPUT')
  refuses('a raw state', readFileSync(join(folder, 'terraform.tfstate')), 'TERRAFORM_RAW_STATE')
  refuses('state pull', tofu(['state', 'pull']).stdout, 'TERRAFORM_RAW_STATE')
  refuses('output -json', tofu(['output', '-json']).stdout, 'TERRAFORM_OTHER_OUTPUT')
  const rawState = readFileSync(join(folder, 'terraform.tfstate'))
  refuses('a raw state beside a plan', unchanged, 'TERRAFORM_RAW_STATE', rawState)
  refuses('a plan for a state', unchanged, 'TERRAFORM_PLAN_AS_STATE', unchanged)
}

function encryptedForms() {
  const other = join(folder, 'encrypted')
  mkdirSync(other)
  writeFileSync(join(other, 'main.tf'), `${encryption}resource "terraform_data" "it" {\n  input = "x"\n}\n`)
  for (const args of [['init'], ['plan', '-out', 'plan.out'], ['apply', '-auto-approve']])
    must(tofu(args, other))
  refuses('an encrypted plan', readFileSync(join(other, 'plan.out')), 'TERRAFORM_FILE_ENCRYPTED')
  refuses('an encrypted state', readFileSync(join(other, 'terraform.tfstate')), 'TERRAFORM_FILE_ENCRYPTED')
  readsPlan('an encrypted plan, shown where its key is', tofu(['show', '-json', 'plan.out'], other).stdout, 1)
}

/** What `show -json` prints of a plan that is made with these flags. A plan that fails is written all the same. */
function shown(name, ...flags) {
  tofu(['plan', '-out', `${name}.out`, ...flags])
  return must(tofu(['show', '-json', `${name}.out`])).stdout
}

function tofu(args, cwd = folder, variables = {}) {
  const empty = join(folder, 'empty.rc')
  writeFileSync(empty, '')
  const env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: empty,
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    ...variables,
  }
  return spawnSync(binary, args, {cwd, env, encoding: 'utf8', maxBuffer: 1e9})
}

function must(result) {
  if (result.status !== 0) throw new Error(`${result.stdout}\n${result.stderr}`)
  return result
}

/** @param partial the code that the plan is partial with; a whole plan ends with 0 or 1, as it has other resources than the templates */
function readsPlan(title, plan, resources, partial, state) {
  const {status, document, output} = compared(plan, state)
  const codes = document.partial?.map(({code}) => code) ?? []
  const isAsItShouldBe =
    (partial === undefined ? status === 0 || status === 1 : status === 5) &&
    codes.join() === (partial ?? '') &&
    (resources === undefined || document.plan?.resources === resources)
  tell(title, isAsItShouldBe && !output.includes(canary), partial ?? 'read', {
    status,
    codes,
    resources,
    output,
  })
}

function refuses(title, plan, code, state) {
  const {status, document, output} = compared(plan, state)
  const isAsItShouldBe =
    status === 2 && document.error?.code === code && /tofu|--tf-/.test(document.error.hint)
  tell(title, isAsItShouldBe && !output.includes(canary), code, {status, output})
}

function tell(title, isAsItShouldBe, expected, found) {
  console.log(`${isAsItShouldBe ? 'ok   ' : 'WRONG'}  ${title.padEnd(58)} ${expected}`)
  if (isAsItShouldBe) return
  wrong += 1
  console.log(JSON.stringify({...found, output: found.output.slice(0, 1500)}, null, 2))
}

function compared(plan, state) {
  const files = {plan: join(folder, 'given-plan'), state: join(folder, 'given-state')}
  writeFileSync(files.plan, plan)
  if (state !== undefined) writeFileSync(files.state, state)
  const args = [
    'parity',
    '--tf-plan',
    files.plan,
    ...(state === undefined ? [] : ['--tf-state', files.state]),
    '--json',
  ]
  const {status, stdout, stderr} = spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  return {status, document: parsed(stdout), output: stdout + stderr}
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
