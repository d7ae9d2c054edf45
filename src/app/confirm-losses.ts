import type {DeployContext} from '../steps/deploy/context.js'
import {interruptionRefusal, interruptionWords, lossRefusal, lossWords} from '../steps/foresee/refusals.js'
import {visible} from '../visible.js'
import {canAsk, confirmByName} from './confirm.js'

/**
 * Has it confirmed by the environment's name that an update replaces or removes what holds data, or interrupts what is in
 * use. To the first `--replace-data` has agreed already, and `--yes` has not; to the second either has.
 * @throws exit code 3 where nobody can be asked, or something else is typed
 */
export async function confirmLosses(
  {yes, json}: {yes: boolean; json: boolean},
  {foreseen, settings, environment, commandLine}: DeployContext,
  signal: AbortSignal,
): Promise<void> {
  if (foreseen === undefined || settings.replaceData) return
  const deploy = commandLine('deploy')
  const loss = lossRefusal(foreseen, deploy)
  const refusal = loss ?? (yes ? undefined : interruptionRefusal(foreseen, deploy))
  if (refusal === undefined) return
  if (yes || !canAsk({json})) throw refusal
  const {data, interrupted} = foreseen
  const sections = [
    ...(data.length === 0 ? [] : [`This update of ${environment} would lose data for good:`]),
    ...data.map(each => `  ${lossWords(each)}`),
    ...(interrupted.length === 0 ? [] : [`This update of ${environment} would interrupt what is in use:`]),
    ...interrupted.map(each => `  ${interruptionWords(each)}`),
  ]
  const flag = loss === undefined ? '--yes' : '--replace-data'
  await confirmByName({text: sections.map(visible).join('\n'), name: environment, signal, flag})
}
