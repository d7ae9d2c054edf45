import {invalidInput} from '../errors.js'
import {askFor, canAsk} from './confirm.js'

/**
 * How to ask for the code of an MFA device; undefined where nobody sits who could answer.
 * @param signal ends the question
 */
export function mfaCodeQuestion(
  flags: {json: boolean},
  signal: AbortSignal,
): ((serial: string) => Promise<string>) | undefined {
  if (!canAsk(flags)) return
  return async serial => {
    const text = `The role of this profile requires a code from the MFA device ${serial}.`
    const code = await askFor({text, question: 'MFA code: ', signal})
    // Source: IAM's AssumeRole, TokenCode.
    if (/^\d{6}$/.test(code)) return code
    throw invalidInput(
      'MFA_NEEDED',
      'That is not an MFA code: it has six digits.',
      'Run the same command again, and enter the code that the device shows.',
    )
  }
}
