import {invalidInput} from '../errors.js'

/** A flag as it was written, among what oclif's parser hands back. */
interface Written {
  type: string
  flag?: string
  input: string
}

/**
 * Refuses `--flag` together with `--no-flag`: oclif lets the last one win, and nobody means both.
 * @throws exit code 2
 */
export function refuseContradictoryFlags(written: readonly Written[]): void {
  for (const {flag, input} of written) {
    const negated = `--no-${flag}`
    if (input !== negated || !written.some(other => other.flag === flag && other.input !== negated)) continue
    throw invalidInput(
      'USAGE',
      `--${flag} and ${negated} contradict each other.`,
      `Give --${flag} or ${negated}, not both.`,
    )
  }
}
