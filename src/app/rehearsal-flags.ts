import * as Flags from '@oclif/core/flags'
import {fastestSpeed} from '../clock.js'

/** One value of `--quota` and `--rehearse-quota`: the code of a quota and what it shall be. */
export type QuotaSetting = readonly [code: string, value: number]

/** A flag that sets quotas of the embedded account. */
export const quotaFlag = Flags.custom<QuotaSetting>({
  description:
    'Set a quota in the embedded account, by its Service Quotas code; repeatable. The account remembers it.',
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
    'Inject a fault into the embedded account, such as "fail-create Vpc once"; repeatable. Faults stay in the account; clear removes earlier ones. docs/embedded-account.md lists them.',
  env: 'MCPGW_REHEARSE_FAULT',
  helpValue: 'FAULT',
  multiple: true,
  multipleNonGreedy: true,
})

/** A flag that names a file of faults. */
export const faultsFlag = Flags.custom<string>({
  description: 'Inject the faults listed in a file: one per line, or a YAML or JSON list.',
  env: 'MCPGW_REHEARSE_FAULTS',
  helpValue: 'FILE',
})

/** Flags of every command that can work on the embedded account. */
export const rehearsalFlags = {
  rehearse: Flags.boolean({
    description: 'Use the embedded account on this machine instead of AWS.',
    env: 'MCPGW_REHEARSE',
    helpGroup: 'REHEARSAL',
  }),
  'rehearse-speed': Flags.custom<number | 'max'>({
    description:
      'Speed of account time, the time in the embedded account, as a multiple of real time (200 unless the account is already running); max for as fast as this machine can go.',
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
