#!/usr/bin/env bash
# `--generate-cli-skeleton output` refuses correct commands, because of the answer that the AWS CLI makes up itself.
#
# AWS CLI 1.45.11 with botocore 1.43.11 (awscli of PyPI), seen on 2026-11-29 with Python 3.11.
# The documentation says that this option validates the command's inputs and prints a sample answer, without calling AWS: the
# obvious way to find out offline whether a command that is to be pasted is right.
# Expected: exit code 0 for a right command. Seen: 255 and "Parameter validation failed" wherever a member of the answer has
# a least length or value, since the sample is made of members' names and zeros, and is checked against that shape. The
# parameters that it names (PendingWindowInDays, ARN, VersionIdsToStages) are none that were given. A command whose input is
# wrong ends with the same code and words: the last line below.
# Remedy: put a recording handler before botocore's sending, and look at what would be sent.
#
# Source: https://github.com/aws/aws-cli/issues/2337, open since 2016; https://github.com/aws/aws-cli/pull/10677, which
# counts 4,638 of 17,737 operations.
#
# Needs python3 with venv. Downloads 20 MB, takes a minute. Ends with 0 as long as the AWS CLI behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check awscli==1.45.11 botocore==1.43.11
# Nothing of the machine's own settings, and no call: the sample needs neither.
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
export AWS_ACCESS_KEY_ID=example AWS_SECRET_ACCESS_KEY=example AWS_DEFAULT_REGION=us-west-2

# sample OUT ERR COMMAND...: the exit code of the command that only shows a sample.
sample() {
  local code=0
  "$folder/python/bin/aws" "${@:3}" --generate-cli-skeleton output > "$1" 2> "$2" || code=$?
  echo "$code"
}
# expect CODE WORDS COMMAND...
expect() {
  local code
  code=$(sample "$folder/out" "$folder/err" "${@:3}")
  echo "aws ${*:3}: $code $(grep -m 1 'Invalid' "$folder/err" || true)"
  [[ "$code" == "$1" ]] && grep -q -- "$2" "$folder/out" "$folder/err"
}

expect 0 clusters ecs describe-clusters
expect 255 'timeoutInMinutes, value: 0, valid min value: 1' ecs delete-service --cluster a --service b
expect 255 'PendingWindowInDays, value: 0' kms schedule-key-deletion --key-id 1234abcd-12ab-34cd-56ef-1234567890ab
expect 255 'ARN, value: 3, valid min length: 20' secretsmanager delete-secret --secret-id a
# An empty key id, which AWS's model forbids, makes no difference.
expect 255 'Parameter validation failed' kms schedule-key-deletion --key-id ''
echo 'As described.'
