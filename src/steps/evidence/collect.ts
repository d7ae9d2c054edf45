import {messageOf} from '../../errors.js'
import type {Evidence} from '../../results.js'
import {buildEvidence} from './build.js'
import {containerLogs} from './container-logs.js'
import {buildBehind, functionLogs} from './custom-resource.js'
import type {Failed, Reads} from './reads.js'
import {lookAtService, type ServiceName, serviceEvidence, serviceNameOf} from './services.js'
import {targetEvidence} from './targets.js'
import {taskEvidence, tellingTasks} from './tasks.js'

/** One area that is looked at; `kind` and `title` are for the line that says why it could not be. */
interface Area {
  kind: Evidence['kind']
  title: string
  look(): Promise<readonly Evidence[]>
}

/**
 * Everything that can be read behind a failed resource, side by side. Never throws: what cannot be read, or not before
 * `deadline` aborts, is said in a line. Empty for a resource behind which there is nothing to read.
 */
export async function collectEvidence(
  reads: Reads,
  about: Failed,
  deadline: AbortSignal,
): Promise<readonly Evidence[]> {
  const found = await Promise.all(areasOf(reads, about).map(area => attempt(area, deadline)))
  return found.flat()
}

/** Whether there is anything to read behind the resource. */
export function hasEvidence(about: Failed): boolean {
  return /^(AWS::ECS::Service|AWS::CodeBuild::|AWS::ElasticLoadBalancingV2::TargetGroup|AWS::CloudFormation::CustomResource|Custom::)/.test(
    about.type,
  )
}

function areasOf(reads: Reads, about: Failed): readonly Area[] {
  const {type, logicalId, physicalId, stackId} = about
  if (type === 'AWS::ECS::Service') {
    const service = serviceNameOf(about)
    return service === undefined ? [] : serviceAreas(reads, service)
  }
  if (type === 'AWS::ElasticLoadBalancingV2::TargetGroup' && physicalId !== '') {
    const look = async () => [await targetEvidence(reads, physicalId)]
    return [{kind: 'target', title: `Target group ${logicalId}`, look}]
  }
  if (!hasEvidence(about) || type === 'AWS::ElasticLoadBalancingV2::TargetGroup') return []
  const resources = once(() => reads.stacks.resources(stackId))
  const build: Area = {
    kind: 'build',
    title: `Build behind ${logicalId}`,
    async look() {
      const behind = await buildBehind(reads, about, await resources())
      return behind === undefined ? [] : buildEvidence(reads, behind)
    },
  }
  const provider: Area = {
    kind: 'custom-resource',
    title: `Function behind ${logicalId}`,
    look: async () => functionLogs(reads, await resources()),
  }
  return type.startsWith('AWS::CodeBuild::') ? [build] : [build, provider]
}

function serviceAreas(reads: Reads, name: ServiceName): readonly Area[] {
  const service = once(() => lookAtService(reads, name))
  const tasks = once(() => tellingTasks(reads, name))
  const title = `Service ${name.name}`
  return [
    {
      kind: 'task',
      title: `Tasks of ${title}`,
      look: async () => (await tasks()).map(task => taskEvidence(name, task)),
    },
    {
      kind: 'log',
      title: `Logs of ${title}`,
      async look() {
        // The tasks of one deployment fail alike.
        const [first] = await tasks()
        return first === undefined ? [] : containerLogs(reads, first)
      },
    },
    {
      kind: 'target',
      title: `Targets of ${title}`,
      async look() {
        const {targetGroups = []} = (await service()) ?? {}
        const found = await Promise.all(targetGroups.map(arn => targetEvidence(reads, arn)))
        // The one with something wrong says more.
        return found.toSorted((a, b) => Number(isWell(a)) - Number(isWell(b)))
      },
    },
    {
      kind: 'service',
      title,
      async look() {
        const found = await service()
        return found === undefined ? [] : [serviceEvidence(found)]
      },
    },
  ]
}

function isWell({lines}: Evidence): boolean {
  return lines.every(line => line.endsWith(' is healthy'))
}

async function attempt({kind, title, look}: Area, deadline: AbortSignal): Promise<readonly Evidence[]> {
  try {
    return await before(deadline, look())
  } catch (error) {
    return [{kind, title, lines: [`could not be read: ${messageOf(error)}`]}]
  }
}

/** Rejects with the signal's reason when it aborts first; what the promise does later is of no interest. */
async function before<T>(deadline: AbortSignal, promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  deadline.throwIfAborted()
  let onAbort = () => {}
  const over = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(deadline.reason)
    deadline.addEventListener('abort', onAbort, {once: true})
  })
  try {
    return await Promise.race([promise, over])
  } finally {
    deadline.removeEventListener('abort', onAbort)
  }
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined
  return () => {
    asked ??= ask()
    return asked
  }
}
