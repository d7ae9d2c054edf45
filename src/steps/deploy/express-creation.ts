import type {StackDescription} from '../../aws/stack-data.js'
import {isUnproved} from '../stacks/express.js'
import type {StackTarget} from '../stacks/stack-targets.js'
import type {StepTools} from '../step.js'
import {lookWhetherGone} from '../teardown/await-gone.js'
import type {DeployContext} from './context.js'

/**
 * Whether a stack may be created in express mode. Not the services: their tasks have to find a database, and ECS gives a
 * first roll-out up that fails; nobody but CloudFormation waits for them one by one. Not load balancers whose
 * certificate has yet to be issued: that takes records which CloudFormation makes while it waits for it, and nobody documents that it makes
 * them otherwise (CloudFormation user guide, AWS::CertificateManager::Certificate). Never the root of nested stacks: the
 * mode reaches all of them (user guide, express mode).
 */
export function isSafeInExpress({label}: StackTarget, parameters: Readonly<Record<string, string>>): boolean {
  switch (label) {
    case 'network':
    case 'data':
      return true
    case 'compute':
      return (parameters.BaseDomain ?? '') === ''
    default:
      return false
  }
}

const pollMs = 15_000
/** A database takes ten minutes at times. */
const patienceMs = 60 * 60_000

/**
 * What a stack made in express mode is deleted, or rolled back, in the background too: names of it are taken until it is
 * really gone. What is still there after an hour is left to CloudFormation, which says that a name is taken.
 */
export async function awaitExpressGone(
  {aws, clock, record}: DeployContext,
  {id, name, isExpress}: StackDescription,
  {tell, signal}: StepTools,
): Promise<void> {
  if (isExpress !== true) return
  const events = await aws.stacks.newEvents(id, {seen: new Set(), since: 0})
  const deadline = clock.now() + patienceMs
  let left: readonly {type: string; physicalId: string}[] = events.filter(
    event => isUnproved(event) && event.physicalId !== '' && aws.live.types.includes(event.type),
  )
  await record.during(signal, async () => {
    for (;;) {
      left = (await lookWhetherGone(aws, left)).there
      if (left.length === 0 || clock.now() >= deadline) return
      const kinds = [...new Set(left.map(({type}) => type.replace('AWS::', '')))]
      tell({kind: 'note', text: `Still going of stack ${name}: ${kinds.join(', ')}`})
      await clock.sleep(pollMs, signal)
    }
  })
}
