import {readConfig} from '../../input/config-file.js'
import {type DeployFlags, readDeployInput} from '../../input/deploy-input.js'
import {paint} from '../../report/paint.js'
import {preflightText} from '../../report/preflight-text.js'
import type {DeployContext} from '../../steps/deploy/context.js'
import {OperationRecord} from '../../steps/stacks/record.js'
import {preflight} from '../../workflows/preflight.js'
import type {Outcome} from '../base-command.js'
import {deployCommandLineFor} from '../command-line.js'
import type {AwsFlags} from '../flags.js'
import {Redactor} from '../redactor.js'
import {openSession} from '../session.js'

/** The work of `mcpgw preflight`: every check of deploy, and nothing else of it. */
export async function runPreflight(flags: AwsFlags & DeployFlags): Promise<Outcome> {
  const {settings, secrets} = await readDeployInput(flags)
  const {accounts: accountRules} = readConfig()
  const redactor = new Redactor(secrets)
  const commandLine = deployCommandLineFor(flags, text => redactor.text(text))
  const session = await openSession(flags, {command: 'preflight', commandLine})
  try {
    const {aws, clock, signal} = session
    const context: DeployContext = {
      aws,
      clock,
      environment: flags.environment,
      commandLine,
      accountRules,
      settings,
      record: new OperationRecord(),
      operations: new Map(),
    }
    const result = await session.show(tell => preflight(context, {tell: redactor.sink(tell), signal}))
    const colours = paint({stream: process.stdout, noColor: flags['no-color']})
    const text = preflightText(result, {paint: colours, endpoint: aws.endpoint})
    return {document: result, text, exitCode: result.ok ? 0 : 3}
  } catch (error) {
    throw redactor.error(error)
  } finally {
    session.close()
  }
}
