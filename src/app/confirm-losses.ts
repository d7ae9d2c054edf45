import type {DeployContext} from '../steps/deploy/context.js'
import {lossRefusal, lossWords} from '../steps/foresee/refusals.js'
import {visible} from '../visible.js'
import {canAsk, confirmByName} from './confirm.js'

/**
 * Has it confirmed by the environment's name that an update replaces or removes what holds data; `--replace-data` has
 * confirmed it already, `--yes` has not.
 * @throws exit code 3 where nobody can be asked, or something else is typed
 */
export async function confirmLosses(
  {yes, json}: {yes: boolean; json: boolean},
  {foreseen, settings, environment, commandLine}: DeployContext,
  signal: AbortSignal,
): Promise<void> {
  if (foreseen === undefined || settings.replaceData) return
  const refusal = lossRefusal(foreseen, commandLine('deploy'))
  if (refusal === undefined) return
  if (yes || !canAsk({json})) throw refusal
  const lines = foreseen.data.map(loss => visible(`  ${lossWords(loss)}`))
  const text = [visible(`This update of ${environment} would lose data for good:`), ...lines].join('\n')
  await confirmByName({text, name: environment, signal, flag: '--replace-data'})
}
