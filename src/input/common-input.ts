import {checkEnvironmentName} from '../environment/names.js'
import {parseDuration} from './duration.js'
import type {GivenParameters} from './given-parameter.js'
import {givenParameters} from './given-parameters.js'
import {secretsAmong} from './given-secrets.js'

/** The flags that mean the same for every command that has them. */
export interface CommonInputFlags {
  environment: string
  timeout?: string
  parameters?: string
  set?: readonly string[]
  /** Other templates than those of the settings. */
  cfn?: string | undefined
}

/** What they say, checked. */
export interface CommonInput {
  environment: string
  /** Milliseconds; undefined for a command without a limit. */
  timeoutMs: number | undefined
  /** Read once, because a pipe can be: `--parameters <(decrypt file)`. */
  given: GivenParameters
  /** Values among them that must never be shown. */
  secrets: readonly string[]
  /** What stands in the parameters file and is not used, in words. */
  notes: readonly string[]
}

/** @throws exit code 2, naming flag, or file and line */
export async function readCommonInput(flags: CommonInputFlags): Promise<CommonInput> {
  const environment = checkEnvironmentName(flags.environment)
  const timeoutMs = flags.timeout === undefined ? undefined : parseDuration('timeout', flags.timeout)
  const notes: string[] = []
  const note = (text: string) => notes.push(text)
  const given = await givenParameters({file: flags.parameters, set: flags.set ?? [], note})
  return {environment, timeoutMs, given, secrets: secretsAmong(given, flags.cfn), notes}
}
