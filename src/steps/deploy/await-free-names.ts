import {awsCommand, shell} from '../../aws/command-line.js'
import type {StackDescription} from '../../aws/stack-data.js'
import {messageOf} from '../../errors.js'
import {nestedStacks, troubleOf} from '../stacks/nested.js'
import {targetsOfLayout} from '../stacks/stack-targets.js'
import type {StepTools} from '../step.js'
import type {DeployContext} from './context.js'

const lookMs = 15_000
/** ECS gives names back within minutes; after this long it does not come to it by itself. Estimate. */
const mostMs = 10 * 60_000

/**
 * Waits, before the stack of the services is made again, until the namespace of Service Connect has no names left: ECS
 * removes those of deleted services some time after them, and refuses a new service of the same name until then ("SC
 * service is already used by"), minutes into the stack. After ten minutes ECS is to decide.
 * Source: aws/copilot-cli issues 4313, 4337 and 5431.
 * @param find finds the namespace that the new services are to be in; undefined where there is nothing to wait for
 */
export async function awaitFreeNames(
  context: DeployContext,
  {tell, signal}: StepTools,
  find: (context: DeployContext) => Promise<string | undefined> = emptyNamespace,
): Promise<void> {
  const {aws, clock} = context
  const begun = clock.now()
  let told = false
  try {
    const namespace = await find(context)
    if (namespace === undefined) return
    for (;;) {
      const names = await aws.cloudMap.servicesIn(namespace)
      if (names.length === 0) {
        if (told) tell({kind: 'note', text: 'The names in Service Connect are free'})
        return
      }
      if (clock.now() - begun >= mostMs)
        return tell({kind: 'note', text: stillTaken(context, namespace, names)})
      if (!told) {
        const text = `Names in Service Connect still belong to deleted services (${names.join(', ')}): waiting, 10 minutes at most, until ECS has removed them`
        tell({kind: 'note', text})
        told = true
      }
      await clock.sleep(lookMs, signal)
    }
  } catch (error) {
    signal.throwIfAborted()
    tell({
      kind: 'note',
      text: `Whether names in Service Connect are free cannot be read: ${messageOf(error)}`,
    })
  }
}

function stillTaken({aws}: DeployContext, namespace: string, names: readonly string[]): string {
  const filter = `Name=NAMESPACE_ID,Values=${namespace}`
  const list = awsCommand(aws, shell`servicediscovery list-services --filters ${filter}`)
  return `Names in Service Connect have not become free (${names.join(', ')}): going on. If ECS refuses them, \`${list}\` shows their ids, and \`aws servicediscovery delete-service --id ID\` removes one`
}

/** In layout individual; undefined where services are there, whose names it has. */
async function emptyNamespace({aws, environment, settings}: DeployContext): Promise<string | undefined> {
  const stackOf = (label: string) =>
    targetsOfLayout(settings.layout, environment).find(stackTarget => stackTarget.label === label)
  const [compute, services] = await Promise.all(
    [stackOf('compute'), stackOf('services')].map(
      stackTarget => stackTarget && aws.stacks.describe(stackTarget.stackName),
    ),
  )
  return services === undefined ? namespaceOf(compute) : undefined
}

/** Of the nested stacks of a root that has given up its services; a namespace that is made with them is new. */
export async function namespaceBelow({aws}: DeployContext, rootId: string): Promise<string | undefined> {
  const nested = await nestedStacks(aws.stacks, rootId)
  const compute = nested.find(({key}) => key === 'compute')
  return compute && troubleOf(compute) === undefined ? namespaceOf(compute.stack) : undefined
}

function namespaceOf(compute: Pick<StackDescription, 'outputs'> | undefined): string | undefined {
  return compute?.outputs.ServiceDiscoveryNamespaceId
}
