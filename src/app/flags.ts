import * as Flags from '@oclif/core/flags'
import {type QuotaSetting, rehearsalFlags} from './rehearsal-flags.js'

/** Flags that every command takes. Each flag of every command can be given as an `MCPGW_…` variable instead. */
export const outputFlags = {
  json: Flags.boolean({
    description: 'Print one JSON document on standard output, everything else on standard error.',
    env: 'MCPGW_JSON',
    helpGroup: 'OUTPUT',
  }),
  verbose: Flags.boolean({
    char: 'v',
    description: 'Print every CloudFormation event on its own line, and the AWS calls made.',
    env: 'MCPGW_VERBOSE',
    helpGroup: 'OUTPUT',
  }),
  'no-color': Flags.boolean({
    description: 'Print without colors, like NO_COLOR.',
    env: 'MCPGW_NO_COLOR',
    helpGroup: 'OUTPUT',
  }),
}

/** `--output`, for the commands that check something. */
export const reportFlag = Flags.option({
  description: 'Print the checks as JUnit XML or as a page in Markdown, for CI.',
  env: 'MCPGW_OUTPUT',
  helpGroup: 'OUTPUT',
  options: ['junit', 'markdown'] as const,
  exclusive: ['json'],
})()

/** Flags of every command that works on one environment in AWS. */
export const awsFlags = {
  ...outputFlags,
  environment: Flags.string({
    char: 'e',
    description: 'Name of the environment; every resource name starts with it.',
    default: 'mcp-gateway',
    env: 'MCPGW_ENVIRONMENT',
    helpValue: 'NAME',
  }),
  region: Flags.string({
    description: 'AWS region. Default: AWS_REGION, then the region of the profile, then us-west-2.',
    env: 'MCPGW_REGION',
    helpValue: 'REGION',
    helpGroup: 'AWS',
  }),
  profile: Flags.string({
    description: 'Profile from the shared AWS configuration files.',
    env: 'MCPGW_PROFILE',
    helpValue: 'NAME',
    helpGroup: 'AWS',
  }),
  ...rehearsalFlags,
}

/** `--yes`, for the commands that ask. */
export const yesFlag = Flags.boolean({
  char: 'y',
  description: 'Go ahead without asking.',
  env: 'MCPGW_YES',
})

/** `--account-alias`, for the commands that change something. */
export const accountAliasFlag = Flags.string({
  description:
    'Alias of the intended account; any other account is refused. Required, or asked for, if the alias contains "prod".',
  env: 'MCPGW_ACCOUNT_ALIAS',
  helpValue: 'NAME',
  helpGroup: 'AWS',
})

/** `--students`, for the commands that make accounts. */
export const studentsFlag = Flags.string({
  description:
    'Number of students (student-01 …, at most 200), or their names separated by commas. Overrides Students in the parameters file. Existing students are never removed.',
  env: 'MCPGW_STUDENTS',
  helpValue: 'N|NAMES',
})

/** `--timeout`, for the commands that wait; `description` says for what. */
export function timeoutFlag(description: string) {
  const inRehearsal =
    'In a rehearsal this is account time, and the time that mcpgw itself takes on this machine does not count.'
  return Flags.string({
    description: `${description} ${inRehearsal}`,
    default: '90m',
    env: 'MCPGW_TIMEOUT',
    helpValue: 'DURATION',
  })
}

/** What `outputFlags` parse to. */
export interface OutputFlags {
  json: boolean
  verbose: boolean
  'no-color': boolean
}

/** What `awsFlags` parse to. */
export interface AwsFlags extends OutputFlags {
  environment: string
  region: string | undefined
  profile: string | undefined
  rehearse: boolean
  'rehearse-speed': number | 'max' | undefined
  'rehearse-seed': number | undefined
  'rehearse-quota': readonly QuotaSetting[] | undefined
  'rehearse-fault': readonly string[] | undefined
  'rehearse-faults': string | undefined
}
