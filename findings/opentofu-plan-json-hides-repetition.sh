#!/usr/bin/env bash
# The plan as JSON does not tell whether a resource is repeated, or is there at all.
#
# OpenTofu 1.12.6 (github.com/opentofu/opentofu of the Go module proxy), seen on 2026-11-30 with Go 1.26.
# `show -json` of a plan has the configuration beside the changes, with `count_expression` and `for_each_expression`.
# Expected: a resource without them has one instance, so that what is declared and has none was left out (-target). Seen:
# - `for_each = toset(["a"])` and `count = length(["a"])` leave no trace: an expression that is neither a constant without
#   functions nor refers to anything is empty, and what is empty is left out. The resource looks as one without.
# - `enabled`, which OpenTofu has since 1.11, is not in the document at all. A resource that it turns off looks exactly as
#   one that -exclude left out.
# - a plan made with -exclude or -target has no mark of it. What tells it is what else it lacks: outputs that refer to no
#   resource, as `open` here, which has nothing to do with what was excluded.
# Remedy: take keys of the instances in the plan for what tells that a resource is repeated, and outputs for what tells
# that a plan is whole.
#
# Source: internal/command/jsonconfig/config.go (`if !fExp.Empty()`), from https://github.com/hashicorp/terraform/pull/20139;
# Terraform has the same code, but neither `enabled` nor -exclude in its releases, and since 1.8 a member `complete`.
#
# Needs go 1.21 or later, and node. Downloads 300 MB, takes some minutes; TOFU=/path/to/tofu takes a built one. Ends with 0
# as long as OpenTofu behaves so.
set -euo pipefail
version=v1.12.6
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT

if [[ -z "${TOFU:-}" ]]; then
  export GOTOOLCHAIN=auto GOFLAGS=-buildvcs=false
  # `go install` refuses a module that replaces others.
  source=$(cd "$folder" && go mod download -json "github.com/opentofu/opentofu@$version" |
    node -p 'JSON.parse(require("fs").readFileSync(0)).Dir')
  cp -r "$source" "$folder/source"
  chmod -R u+w "$folder/source"
  (cd "$folder/source" && go build -o "$folder/tofu" ./cmd/tofu)
  TOFU=$folder/tofu
fi

mkdir "$folder/work"
cd "$folder/work"
touch "$folder/empty.rc"
export TF_CLI_CONFIG_FILE=$folder/empty.rc TF_IN_AUTOMATION=1
cat > main.tf << 'END'
variable "names" {
  default = ["a"]
}
variable "on" {
  default = false
}
resource "terraform_data" "plain" {}
resource "terraform_data" "of_variable" {
  for_each = toset(var.names)
}
resource "terraform_data" "of_constant" {
  for_each = toset(["a"])
}
resource "terraform_data" "counted" {
  count = length(["a"])
}
resource "terraform_data" "off" {
  lifecycle {
    enabled = var.on
  }
}
output "open" {
  value = "constant"
}
END
"$TOFU" init > /dev/null
"$TOFU" plan -out whole > /dev/null
"$TOFU" plan -out part -exclude=terraform_data.plain > /dev/null
"$TOFU" show -json whole > whole.json
"$TOFU" show -json part > part.json

node << 'END'
const {deepStrictEqual} = require('node:assert')
const {readFileSync} = require('node:fs')
const read = name => JSON.parse(readFileSync(`${name}.json`, 'utf8'))
const [whole, part] = [read('whole'), read('part')]
const told = {}
for (const {name, count_expression, for_each_expression} of whole.configuration.root_module.resources)
  told[name] = count_expression ?? for_each_expression ?? 'nothing'
const found = plan => plan.resource_changes.map(({address}) => address.replace('terraform_data.', ''))
console.log('repetition that the document tells:', told)
console.log('instances of the whole plan:', found(whole), 'outputs:', Object.keys(whole.output_changes ?? {}))
console.log('instances of the other one:', found(part), 'outputs:', Object.keys(part.output_changes ?? {}))
const nothing = 'nothing'
const references = ['var.names']
deepStrictEqual(told, {counted: nothing, of_constant: nothing, of_variable: {references}, off: nothing, plain: nothing})
deepStrictEqual(found(whole), ['counted[0]', 'of_constant["a"]', 'of_variable["a"]', 'plain'])
deepStrictEqual(found(part), ['counted[0]', 'of_constant["a"]', 'of_variable["a"]'])
deepStrictEqual([Object.keys(whole.output_changes), part.output_changes], [['open'], undefined])
const changed = ['output_changes', 'planned_values', 'prior_state', 'resource_changes', 'timestamp']
for (const member of Object.keys(whole).filter(name => !changed.includes(name)))
  deepStrictEqual(part[member], whole[member], member)
END
echo 'As described.'
