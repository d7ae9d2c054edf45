import type {ContainerTask} from '../../aws/containers.js'
import type {Evidence} from '../../results.js'
import type {Reads} from './reads.js'
import type {ServiceName} from './services.js'

/** Tasks of one deployment fail alike: so many are looked at. */
const mostTasks = 3

/**
 * The tasks of a service that say most: those that ended by themselves, the last one first, then those that run, then
 * those that ECS stopped because the service was to go or to change.
 */
export async function tellingTasks(
  reads: Pick<Reads, 'containers'>,
  {cluster, name}: ServiceName,
): Promise<readonly ContainerTask[]> {
  const [stopped, running] = await Promise.all([
    reads.containers.tasks(cluster, name, {stopped: true}),
    reads.containers.tasks(cluster, name),
  ])
  const all = [...stopped, ...running]
  // The rollback may have been quicker.
  const known = all.length > 0 ? all : await reads.containers.stoppedTasksOf(cluster, name)
  return known
    .toSorted((a, b) => weightOf(a) - weightOf(b) || (b.stoppedAt ?? endless) - (a.stoppedAt ?? endless))
    .slice(0, mostTasks)
}

const endless = Number.MAX_SAFE_INTEGER

function weightOf({stopCode, stoppedReason = ''}: ContainerTask): number {
  if (stopCode === undefined) return 1
  const isOrdered = stopCode === 'ServiceSchedulerInitiated' && !/health checks/i.test(stoppedReason)
  return isOrdered || stopCode === 'UserInitiated' ? 2 : 0
}

/** Whether a task stopped, and nobody had asked it to. */
export function endedByItself(task: ContainerTask): boolean {
  return weightOf(task) === 0
}

/** Why a task stopped, and how each of its containers ended. */
export function taskEvidence({name: service}: Pick<ServiceName, 'name'>, task: ContainerTask): Evidence {
  const {id, lastStatus, healthStatus, stopCode, stoppedReason, containers} = task
  const state =
    stopCode === undefined
      ? `${lastStatus}, health ${healthStatus}.`
      : `${lastStatus}, ${stopCode}: ${stoppedReason ?? 'ECS does not say why.'}`
  const ends = containers.map(({name, lastStatus: status, exitCode, reason}) => {
    const end = exitCode === undefined ? status : `${status} with exit code ${exitCode}${meaningOf(exitCode)}`
    return `Container ${name}: ${end}${reason === undefined ? '' : `: ${reason}`}`
  })
  return {kind: 'task', title: `Task ${id} of service ${service}`, lines: [state, ...ends]}
}

/** 128 and the number of the signal, as every shell counts. */
function meaningOf(exitCode: number): string {
  const signal = {134: 'aborted', 137: 'killed', 139: 'segmentation fault', 143: 'asked to end'}[exitCode]
  return signal === undefined ? '' : ` (${signal})`
}
