import {templatesIfReadable} from '../../input/template-folder.js'
import {lastRunOf, readRun} from '../../recorder/read-run.js'
import {runsFolder} from '../../recorder/runs-folder.js'
import {diagnosisText} from '../../report/diagnosis-text.js'
import type {DiagnoseResult} from '../../results.js'
import type {DiagnoseContext} from '../../steps/diagnose/context.js'
import {explainRun} from '../../steps/diagnose/recorded-run.js'
import {diagnoseStacks} from '../../workflows/diagnose.js'
import {commandLineFor} from '../command-line.js'
import type {SecretsFlags} from '../secrets-flags.js'
import type {CommandSpecification, CommonFlags, LocalSpecification} from '../specification.js'

type Flags = CommonFlags & SecretsFlags & {run: string | undefined; stack: string | undefined}

/** `mcpgw diagnose`: explains what AWS tells. */
export const diagnoseCommand: CommandSpecification<Flags, DiagnoseContext, DiagnoseResult> = {
  name: 'diagnose',
  read: ({stack}) => ({stackGiven: stack, templates: templatesIfReadable()}),
  work: diagnoseStacks,
  words(result, {flags, context, paint}) {
    const {environment, rehearse: rehearsal, stack} = flags
    const where = {environment, account: result.account, region: context.aws.region, rehearsal}
    const lastRun = stack === undefined ? lastRunOf(runsFolder(), where, result.diagnosis) : undefined
    const recorded = result.state === 'well' ? undefined : lastRun
    return diagnosisText(result, {paint, recorded, commandLine: commandLineOf(flags)})
  },
}

/** `mcpgw diagnose --run`: explains a recorded run. */
export const diagnoseRunCommand: LocalSpecification<
  Flags & {run: string; ofEnvironment: string | undefined},
  DiagnoseResult
> = {
  work: async ({run, ofEnvironment}) =>
    explainRun(readRun(runsFolder(), run, ofEnvironment), templatesIfReadable()),
  words: (result, {flags, paint}) => diagnosisText(result, {paint, commandLine: commandLineOf(flags)}),
}

function commandLineOf(flags: Flags) {
  return flags.stack === undefined ? commandLineFor(flags) : undefined
}
