import {failed, messageOf} from '../errors.js'
import {certificateForm} from '../input/certificate-file.js'
import {writeNew} from '../own-files.js'
import {certificatePage} from '../report/certificate-page.js'
import type {Certificate, Proof, TeardownResult} from '../results.js'
import type {TeardownContext} from '../steps/teardown/context.js'
import {type AboutFlags, headed, headOfContext, headOfFlags} from './document-head.js'

/**
 * Writes the certificate of an account in which nothing remains; of any other there is none.
 * @throws CERTIFICATE_UNWRITABLE, exit code 1: what was torn down is gone all the same
 */
export async function writeCertificate(
  file: string,
  result: TeardownResult,
  {flags, context}: {flags: AboutFlags; context: TeardownContext},
): Promise<void> {
  if (result.proof === null || !result.proof.certified) return
  const head = headOfContext(await headOfFlags(flags), context)
  const certificate = certificateOf(result, result.proof)
  const {account, region, time} = head
  const form = certificateForm(file)
  const text =
    form === 'json'
      ? `${JSON.stringify(headed(head, certificate), null, 2)}\n`
      : certificatePage(certificate, {account, region, time})
  try {
    writeNew(file, text)
  } catch (error) {
    throw failed(
      'CERTIFICATE_UNWRITABLE',
      `Nothing remains of ${result.environment}, but the certificate could not be written to ${file}: ${messageOf(error)}`,
      {hint: `Name another file: \`${context.commandLine('teardown')} --prove --certificate FILE\`.`},
    )
  }
}

function certificateOf(result: TeardownResult, proof: Proof): Certificate {
  const {environment, removed, cleaned, remaining, durationSeconds} = result
  return {environment, removed, cleaned, kept: remaining.filter(({kept}) => kept), durationSeconds, proof}
}

/** For people, beside the result. */
export function certificateNote(file: string, {proof}: TeardownResult): string {
  return proof?.certified
    ? `The certificate is in ${file}.`
    : 'No certificate was written: something remains, or could not be looked at.'
}
