import {checkEnvironmentName} from '../../environment/names.js'
import {readConfig} from '../../input/config-file.js'
import {parseDuration} from '../../input/duration.js'
import {givenParameters} from '../../input/given-parameters.js'
import {takeStudents} from '../../input/students.js'
import {paint} from '../../report/paint.js'
import {realmText} from '../../report/realm-text.js'
import type {RealmContext} from '../../steps/realm/context.js'
import {OperationRecord} from '../../steps/stacks/record.js'
import {realm, realmSurvey} from '../../workflows/realm.js'
import {runWorkflow} from '../../workflows/run-workflow.js'
import type {Outcome} from '../base-command.js'
import {realmCommandLineFor} from '../command-line.js'
import {confirmAccount} from '../confirm-account.js'
import type {AwsFlags} from '../flags.js'
import {hidingSecrets, type SecretsFlags} from '../hide-secrets.js'
import type {Redactor} from '../redactor.js'
import {openSession} from '../session.js'

type Flags = AwsFlags &
  SecretsFlags & {students: string | undefined; timeout: string; 'account-alias': string | undefined}

/** The work of `mcpgw realm`: find the environment, make what its realm lacks, and say what that was. */
export function runRealm(flags: Flags): Promise<Outcome> {
  return hidingSecrets(flags, redactor => makingRealm(flags, redactor))
}

async function makingRealm(flags: Flags, redactor: Redactor): Promise<Outcome> {
  const environment = checkEnvironmentName(flags.environment)
  const timeoutMs = parseDuration('timeout', flags.timeout)
  const given = await givenParameters({file: flags.parameters, set: flags.set ?? []})
  const {students} = takeStudents(given, flags.students)
  const {accounts: accountRules} = readConfig()
  const commandLine = realmCommandLineFor(flags)
  const record = new OperationRecord()
  const session = await openSession(flags, {command: 'realm', commandLine, timeoutMs, record})
  try {
    const {aws, clock, signal, startedAt} = session
    const context: RealmContext = {aws, clock, environment, commandLine, accountRules, record, students}
    await session.show(tell => runWorkflow(realmSurvey, context, {clock, tell: redactor.sink(tell), signal}))
    await confirmAccount(flags, context, {signal, command: commandLine('realm')})
    const result = await session.show(tell => realm(context, {startedAt, tell: redactor.sink(tell), signal}))
    const colours = paint({stream: process.stdout, noColor: flags['no-color']})
    return {
      document: result,
      text: realmText(result, {
        paint: colours,
        verbose: flags.verbose,
        commandLine: command => session.commandLine(command),
      }),
      exitCode: 0,
    }
  } finally {
    session.close()
  }
}
