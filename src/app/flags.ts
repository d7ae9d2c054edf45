import * as Flags from '@oclif/core/flags'
import {fastestSpeed} from '../clock.js'

/** One value of `--quota` and `--rehearse-quota`: the code of a quota and what it shall be. */
export type QuotaSetting = readonly [code: string, value: number]

/** A flag that sets quotas of the embedded account. */
export const quotaFlag = Flags.custom<QuotaSetting>({
  description:
    'Set a quota of the embedded account, by its Service Quotas code; repeatable. The account keeps it.',
  env: 'MCPGW_REHEARSE_QUOTA',
  helpValue: 'CODE=N',
  multiple: true,
  multipleNonGreedy: true,
  delimiter: ',',
  parse: async input => quotaOf(input),
})

/** A flag that sets faults of the embedded account. */
export const faultFlag = Flags.custom<string>({
  description:
    'Set a fault of the embedded account, such as "fail-create Vpc once"; repeatable. The account keeps it; clear removes those set before. docs/embedded-account.md lists them.',
  env: 'MCPGW_REHEARSE_FAULT',
  helpValue: 'FAULT',
  multiple: true,
  multipleNonGreedy: true,
})

/** A flag that names a file of faults. */
export const faultsFlag = Flags.custom<string>({
  description: 'Set the faults of a file: one a line, or a list as YAML or JSON.',
  env: 'MCPGW_REHEARSE_FAULTS',
  helpValue: 'FILE',
})

/** Flags that every command takes. Each flag of every command can be given as an `MCPGW_…` variable instead. */
export const outputFlags = {
  json: Flags.boolean({
    description: 'Print one JSON document on standard output, everything else on standard error.',
    env: 'MCPGW_JSON',
    helpGroup: 'OUTPUT',
  }),
  verbose: Flags.boolean({
    char: 'v',
    description: 'Print every CloudFormation event as a line, and the AWS calls that were made.',
    env: 'MCPGW_VERBOSE',
    helpGroup: 'OUTPUT',
  }),
  'no-color': Flags.boolean({
    description: 'Print without colours (as NO_COLOR does).',
    env: 'MCPGW_NO_COLOR',
    helpGroup: 'OUTPUT',
  }),
}

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
    description: 'AWS region. Without it: AWS_REGION, the region of the profile, us-west-2.',
    env: 'MCPGW_REGION',
    helpValue: 'REGION',
    helpGroup: 'AWS',
  }),
  profile: Flags.string({
    description: 'Profile of the shared AWS configuration to use.',
    env: 'MCPGW_PROFILE',
    helpValue: 'NAME',
    helpGroup: 'AWS',
  }),
  rehearse: Flags.boolean({
    description: 'Use the embedded account on this machine instead of AWS.',
    env: 'MCPGW_REHEARSE',
    helpGroup: 'REHEARSAL',
  }),
  'rehearse-speed': Flags.custom<number | 'max'>({
    description:
      'How many times as fast as real time the embedded account runs (200 unless it is running already); max for as fast as this machine can.',
    env: 'MCPGW_REHEARSE_SPEED',
    helpValue: 'N|max',
    parse: async input => speedOf(input),
    helpGroup: 'REHEARSAL',
  })(),
  'rehearse-seed': Flags.integer({
    description: 'The seed of the embedded account: the same seed gives the same run.',
    env: 'MCPGW_REHEARSE_SEED',
    helpValue: 'N',
    helpGroup: 'REHEARSAL',
  }),
  'rehearse-quota': quotaFlag({helpGroup: 'REHEARSAL'}),
  'rehearse-fault': faultFlag({helpGroup: 'REHEARSAL'}),
  'rehearse-faults': faultsFlag({helpGroup: 'REHEARSAL'}),
}

/** `--yes`, for the commands that ask. */
export const yesFlag = Flags.boolean({
  char: 'y',
  description: 'Ask nothing: go ahead.',
  env: 'MCPGW_YES',
})

/** `--account-alias`, for the commands that change something. */
export const accountAliasFlag = Flags.string({
  description:
    'Alias of the account that is meant: any other is refused. Needed, or typed, where the alias contains "prod".',
  env: 'MCPGW_ACCOUNT_ALIAS',
  helpValue: 'NAME',
  helpGroup: 'AWS',
})

/** `--students`, for the commands that make accounts. */
export const studentsFlag = Flags.string({
  description:
    'How many students there shall be (student-01 …, at most 200), or their names, separated by commas. Wins over Students of the parameters file. Nobody is removed.',
  env: 'MCPGW_STUDENTS',
  helpValue: 'N|NAMES',
})

/** `--timeout`, for the commands that wait; `description` says for what. */
export function timeoutFlag(description: string) {
  return Flags.string({description, default: '90m', env: 'MCPGW_TIMEOUT', helpValue: 'DURATION'})
}

/** What `awsFlags` parse to. */
export interface AwsFlags {
  environment: string
  region: string | undefined
  profile: string | undefined
  rehearse: boolean
  'rehearse-speed': number | 'max' | undefined
  'rehearse-seed': number | undefined
  'rehearse-quota': readonly QuotaSetting[] | undefined
  'rehearse-fault': readonly string[] | undefined
  'rehearse-faults': string | undefined
  json: boolean
  verbose: boolean
  'no-color': boolean
}

function speedOf(input: string): number | 'max' {
  if (input === 'max') return input
  const speed = Number(input)
  if (input.trim() !== '' && speed > 0 && speed <= fastestSpeed) return speed
  throw new Error(`a number above 0 and at most ${fastestSpeed}, or max, is wanted, not ${input}`)
}

function quotaOf(input: string): QuotaSetting {
  const [, code, value] = /^(L-[0-9A-F]{8})=(\d{1,9})$/.exec(input) ?? []
  if (code !== undefined) return [code, Number(value)]
  throw new Error(`a quota's code and a whole number are wanted, such as L-0263D0A3=10, not ${input}`)
}
