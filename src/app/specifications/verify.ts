import {checkEnvironmentName} from '../../environment/names.js'
import {healthText} from '../../report/health-text.js'
import {paint} from '../../report/paint.js'
import type {VerifyContext} from '../../steps/verify/context.js'
import {verify} from '../../workflows/verify.js'
import type {Outcome} from '../base-command.js'
import {commandLineFor} from '../command-line.js'
import type {AwsFlags} from '../flags.js'
import {hidingSecrets, type SecretsFlags} from '../hide-secrets.js'
import type {Redactor} from '../redactor.js'
import {openSession} from '../session.js'

type Flags = AwsFlags & {shallow: boolean}

/** The work of `mcpgw verify`: look once and report. */
export function runVerify(flags: Flags & SecretsFlags): Promise<Outcome> {
  return hidingSecrets(flags, redactor => verifying(flags, redactor))
}

async function verifying(flags: Flags, redactor: Redactor): Promise<Outcome> {
  checkEnvironmentName(flags.environment)
  const session = await openSession(flags, {command: 'verify', commandLine: commandLineFor(flags)})
  try {
    const {aws, clock, signal, commandLine} = session
    const {environment, shallow} = flags
    const context: VerifyContext = {aws, clock, environment, commandLine, shallow}
    const health = await session.show(tell => verify(context, {tell: redactor.sink(tell), signal}))
    const colours = paint({stream: process.stdout, noColor: flags['no-color']})
    return {
      document: health,
      text: healthText(health, colours, aws.endpoint),
      exitCode: health.healthy ? 0 : 1,
    }
  } finally {
    session.close()
  }
}
