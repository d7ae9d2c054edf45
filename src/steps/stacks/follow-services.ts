import type {ContainerService} from '../../aws/containers.js'
import {messageOf} from '../../errors.js'
import type {StackProgress, UnsteadyService} from '../../progress.js'
import type {AwsContext} from '../context.js'
import type {StepTools} from '../step.js'
import type {OperationRecord} from './record.js'

/** Of the clock. The calls count among those that an account allows. */
const pollMs = 30_000
/** A service that is well is steady after a minute or two: before that there is nothing to tell. Of the clock. */
const patienceMs = 60_000

const serviceType = 'AWS::ECS::Service'

/** A service that CloudFormation waits for, as its last event has it. */
interface Waited {
  label: string
  logicalId: string
  cluster: string
  name: string
}

/**
 * Looks, beside the stacks, at the services that CloudFormation waits for longer than usual, and tells and records how many
 * of their tasks run: CloudFormation itself says nothing before it gives up. Ends when `signal` aborts; never throws, and
 * never decides.
 * @param label of the stack that is followed; `main` is followed with the stacks nested in it
 */
export async function followServices(
  {aws, clock}: Pick<AwsContext, 'aws' | 'clock'>,
  label: string,
  record: OperationRecord,
  {tell, signal}: StepTools,
): Promise<void> {
  let hasTold = false
  let toldOfTrouble = false
  while (!signal.aborted) {
    await clock.sleep(pollMs, signal).catch(() => undefined)
    if (signal.aborted) break
    const waited = waitedFor(record.events, label, clock.now())
    if (waited.length === 0 && !hasTold) continue
    try {
      const services = await unsteady(aws, waited)
      record.waitsFor(services, label)
      tell({kind: 'services-waiting', services})
      hasTold = services.length > 0
    } catch (error) {
      if (!toldOfTrouble) tell({kind: 'note', text: `The services cannot be read: ${messageOf(error)}`})
      toldOfTrouble = true
    }
  }
  record.waitsFor([], label)
}

/** One for which no stack waits. */
export function unsteadyOf({name, desired, running, failedTasks, events}: ContainerService): UnsteadyService {
  return {label: '', logicalId: '', name, desired, running, failed: failedTasks ?? 0, lastEvent: events[0]}
}

/** Services that are being made or changed, and not taken back, for longer than usual. */
function waitedFor(events: readonly StackProgress[], label: string, now: number): readonly Waited[] {
  const last = new Map<string, StackProgress>()
  for (const event of events) {
    if (event.type !== serviceType || (label !== 'main' && event.label !== label)) continue
    const key = `${event.label}/${event.logicalId}`
    // The second CREATE_IN_PROGRESS brings the ARN; the first says since when.
    const before = last.get(key)
    last.set(key, before?.status === event.status ? {...event, at: before.at} : event)
  }
  return [...last.values()].flatMap(({label: of, logicalId, physicalId, status, at}) => {
    const [, cluster, name] = /:service\/([^/]+)\/([^/]+)$/.exec(physicalId) ?? []
    const isWaited = /^(CREATE|UPDATE)_IN_PROGRESS$/.test(status) && now - at >= patienceMs
    return isWaited && cluster && name ? [{label: of, logicalId, cluster, name}] : []
  })
}

async function unsteady(
  aws: Pick<AwsContext['aws'], 'containers'>,
  waited: readonly Waited[],
): Promise<UnsteadyService[]> {
  const clusters = [...new Set(waited.map(({cluster}) => cluster))]
  const found = await Promise.all(
    clusters.map(async cluster => {
      const here = waited.filter(one => one.cluster === cluster)
      const services = await aws.containers.services(
        cluster,
        here.map(({name}) => name),
      )
      return here.flatMap(({label, logicalId}, index) => {
        const service = services[index]
        if (service === undefined || service.status === 'MISSING') return []
        return [{...unsteadyOf(service), label, logicalId}]
      })
    }),
  )
  return found.flat()
}
