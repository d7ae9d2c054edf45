import {clockDifference, setClock, signatureToleranceMs} from '../../../aws/machine-clock.js'
import {type Check, pass, skip, warn} from '../check.js'

/** What a clock may be off without a word: machines that are set by the network are so by less than a second. */
const toleranceMs = 60_000

/**
 * Whether this machine's clock agrees with AWS's. The SDK corrects its own signatures by AWS's answers; other programs
 * do not, and credentials are taken for good or expired by the machine's clock.
 */
export const clock: Check = {
  id: 'clock',
  title: 'Clock',
  looksAt:
    "this machine's clock, compared with the time in AWS's responses; warns when it is off by more than a minute: from five minutes on, AWS rejects signatures",
  async run({aws}) {
    const ahead = aws.machineClock.aheadMs()
    if (ahead === undefined) return skip("AWS's responses do not contain the time")
    if (Math.abs(ahead) <= toleranceMs) return pass("within a minute of AWS's")
    const consequence =
      Math.abs(ahead) < signatureToleranceMs
        ? 'If it is off by 5 minutes or more, AWS rejects its signatures.'
        : 'AWS rejects its signatures: mcpgw corrects its own requests, but the AWS CLI and other programs fail, and credentials seem to expire too early or too late.'
    return warn(`This machine's clock is ${clockDifference(ahead)}. ${consequence}`, setClock)
  },
}
