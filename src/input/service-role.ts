import {invalidInput} from '../errors.js'

/** As IAM writes the ARN of a role, in any partition; the path may have several parts. */
const roleArn = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/

/** @throws McpgwError INVALID_SERVICE_ROLE, exit code 2 */
export function checkRoleArn(text: string): string {
  if (roleArn.test(text)) return text
  throw invalidInput(
    'INVALID_SERVICE_ROLE',
    `--service-role: ${JSON.stringify(text)} is not the ARN of an IAM role.`,
    'Give it as IAM shows it, for example arn:aws:iam::123456789012:role/cloudformation-service.',
  )
}
