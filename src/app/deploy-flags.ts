import * as Flags from '@oclif/core/flags'
import {studentsFlag, timeoutFlag} from './flags.js'

/** What to deploy: flags that decide what the stacks consist of. */
export const configurationFlags = {
  layout: Flags.string({
    description: 'One root stack with nested stacks, or four stacks side by side.',
    options: ['nested', 'individual'],
    default: 'nested',
    env: 'MCPGW_LAYOUT',
  }),
  parameters: Flags.string({
    char: 'p',
    description:
      'JSON or YAML file with template parameters: a map, or a list of {ParameterKey, ParameterValue}.',
    env: 'MCPGW_PARAMETERS',
    helpValue: 'FILE',
  }),
  set: Flags.string({
    description: 'One template parameter; repeatable (one per line in the variable); overrides the file.',
    multiple: true,
    multipleNonGreedy: true,
    env: 'MCPGW_SET',
    helpValue: 'KEY=VALUE',
  }),
  images: Flags.string({
    description: 'Import prebuilt images from here instead of building them.',
    env: 'MCPGW_IMAGES',
    helpValue: 's3://BUCKET/PREFIX/',
  }),
}

/** How to deploy it. */
export const executionFlags = {
  'template-bucket': Flags.string({
    description:
      'Bucket for the templates, created if it does not exist. Default: a bucket that mcpgw creates.',
    env: 'MCPGW_TEMPLATE_BUCKET',
    helpValue: 'BUCKET',
  }),
  'template-prefix': Flags.string({
    description: 'Key prefix for the templates in the bucket.',
    env: 'MCPGW_TEMPLATE_PREFIX',
    helpValue: 'PREFIX/',
  }),
  replace: Flags.boolean({
    description: 'Tear down what exists under this name first, whichever layout it has.',
    env: 'MCPGW_REPLACE',
  }),
  'replace-data': Flags.boolean({
    description:
      'Allow an update to replace or remove resources that hold data, such as the database; --yes alone does not.',
    env: 'MCPGW_REPLACE_DATA',
  }),
  repair: Flags.boolean({
    description: 'Restore resources that were deleted or changed by hand, outside CloudFormation.',
    env: 'MCPGW_REPAIR',
  }),
  'accept-loss': Flags.string({
    description:
      'With --repair: recreate this resource although its contents are lost; repeatable (one per line in the variable). verify names the resource.',
    multiple: true,
    multipleNonGreedy: true,
    env: 'MCPGW_ACCEPT_LOSS',
    helpValue: 'LOGICAL-ID',
  }),
  'on-failure': Flags.string({
    description:
      'What CloudFormation does when a resource fails: roll back, keep everything for inspection, or delete.',
    options: ['rollback', 'keep', 'delete'],
    default: 'rollback',
    env: 'MCPGW_ON_FAILURE',
  }),
  express: Flags.boolean({
    description:
      "With --layout individual: create stacks, except the services, in CloudFormation's express mode, which does not wait until resources are ready; mcpgw itself then waits.",
    env: 'MCPGW_EXPRESS',
  }),
  timeout: timeoutFlag('How long to wait; the operation continues in AWS after that.'),
  'service-role': Flags.string({
    description:
      'IAM role for CloudFormation to assume, so that the stacks do not depend on your session. The stacks remember it.',
    env: 'MCPGW_SERVICE_ROLE',
    helpValue: 'ARN',
  }),
  verify: Flags.boolean({
    description: 'Verify at the end that everything is healthy.',
    default: true,
    allowNo: true,
    env: 'MCPGW_VERIFY',
  }),
  realm: Flags.boolean({
    description: 'Create the Keycloak realm that people log in to: clients, groups, administrator, students.',
    default: true,
    allowNo: true,
    env: 'MCPGW_REALM',
  }),
  students: studentsFlag,
  'skip-check': Flags.string({
    description:
      'Skip one preflight check; repeatable (one per line in the variable). docs/preflight.md lists them.',
    multiple: true,
    multipleNonGreedy: true,
    env: 'MCPGW_SKIP_CHECK',
    helpValue: 'ID',
  }),
}
