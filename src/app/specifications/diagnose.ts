import {checkEnvironmentName} from '../../environment/names.js'
import {templatesIfReadable} from '../../input/template-folder.js'
import {lastRunOf, readRun} from '../../recorder/read-run.js'
import {runsFolder} from '../../recorder/runs-folder.js'
import {diagnosisText} from '../../report/diagnosis-text.js'
import {paint} from '../../report/paint.js'
import type {DiagnoseResult} from '../../results.js'
import type {DiagnoseContext} from '../../steps/diagnose/context.js'
import {explainRun} from '../../steps/diagnose/recorded-run.js'
import {diagnoseStacks} from '../../workflows/diagnose.js'
import type {Outcome} from '../base-command.js'
import {commandLineFor} from '../command-line.js'
import type {AwsFlags} from '../flags.js'
import {hidingSecrets, type SecretsFlags} from '../hide-secrets.js'
import type {Redactor} from '../redactor.js'
import {openSession} from '../session.js'

type Flags = AwsFlags & SecretsFlags & {run: string | undefined; stack: string | undefined}

/** The work of `mcpgw diagnose`: explain a recorded run, or what AWS tells. */
export function runDiagnose(flags: Flags): Promise<Outcome> {
  return hidingSecrets(flags, redactor => diagnosing(flags, redactor))
}

async function diagnosing(flags: Flags, redactor: Redactor): Promise<Outcome> {
  checkEnvironmentName(flags.environment)
  if (flags.run !== undefined)
    return outcomeOf(flags, explainRun(readRun(runsFolder(), flags.run), templatesIfReadable()))
  const commandLine = commandLineFor(flags)
  const session = await openSession(flags, {command: 'diagnose', commandLine})
  try {
    const {aws, clock, signal} = session
    const {environment, stack: stackGiven} = flags
    const templates = templatesIfReadable()
    const context: DiagnoseContext = {aws, clock, environment, commandLine, stackGiven, templates}
    const result = await session.show(tell => diagnoseStacks(context, {tell: redactor.sink(tell), signal}))
    const where = {environment, account: result.account, region: aws.region, rehearsal: flags.rehearse}
    const lastRun = stackGiven === undefined ? lastRunOf(runsFolder(), where, result.diagnosis) : undefined
    return outcomeOf(flags, result, lastRun)
  } finally {
    session.close()
  }
}

function outcomeOf(flags: Flags, result: DiagnoseResult, lastRun?: string): Outcome {
  const colours = paint({stream: process.stdout, noColor: flags['no-color']})
  const recorded = result.state === 'well' ? undefined : lastRun
  const commandLine = flags.stack === undefined ? commandLineFor(flags) : undefined
  const text = diagnosisText(result, {paint: colours, recorded, commandLine})
  return {document: result, text, exitCode: 0}
}
