import type {StackDescription} from '../../aws/stack-data.js'
import type {UpdateStack} from '../../aws/stacks.js'
import type {DeployContext} from '../deploy/context.js'
import type {StackTarget} from '../stacks/stack-targets.js'
import type {StepTools} from '../step.js'
import {foreseeUpdate} from './foresee-update.js'
import {exportsRefusal, interruptionWords, lossRefusal} from './refusals.js'

/**
 * Lets an update pass that was foreseen before, or that now is found to lose nothing: after an operation that was
 * followed, or with nested stacks that had to be settled, nobody could be asked.
 * @throws exit code 3 when it would lose data that nobody has agreed to lose, or change an export in use
 */
export async function requireHarmless(
  context: DeployContext,
  update: {stackTarget: StackTarget; stack: StackDescription; request: UpdateStack},
  tools: StepTools,
): Promise<void> {
  const {stackName} = update.stackTarget
  if (context.foreseenStacks.has(stackName)) return
  const foreseen = await foreseeUpdate(context, update, tools)
  const deploy = context.commandLine('deploy')
  const refusal =
    exportsRefusal(foreseen, deploy) ??
    (context.settings.replaceData ? undefined : lossRefusal(foreseen, deploy))
  if (refusal !== undefined) throw refusal
  for (const each of foreseen.interrupted)
    tools.tell({kind: 'note', text: `The update interrupts what is in use: ${interruptionWords(each)}`})
  context.foreseenStacks.add(stackName)
}
