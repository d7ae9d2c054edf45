import type {ContainerTask, DefinedContainer} from '../../aws/containers.js'
import type {Evidence} from '../../results.js'
import {logLines, type Reads} from './reads.js'

/** The last lines of the containers of a task, those that failed first. Source of the stream's name: `DefinedContainer`. */
export async function containerLogs(reads: Reads, task: ContainerTask): Promise<readonly Evidence[]> {
  // A task that failed to start has no container that could have written.
  if (task.definition === undefined || task.stopCode === 'TaskFailedToStart') return []
  const defined = await reads.containers.definition(task.definition)
  const logging = defined.flatMap(container => (container.log ? [{...container, log: container.log}] : []))
  const failing = logging.filter(({name}) => hasFailed(task, name))
  const chosen = failing.length > 0 ? failing : logging.filter(({essential}) => essential)
  return Promise.all(chosen.map(container => logOf(reads, task, container)))
}

async function logOf(
  reads: Reads,
  {id}: ContainerTask,
  {name, log: {group, prefix}}: DefinedContainer & {log: NonNullable<DefinedContainer['log']>},
): Promise<Evidence> {
  const stream = prefix === undefined ? id : `${prefix}/${name}/${id}`
  const lines = await reads.logs.tail(group, stream, logLines)
  const nothing = 'The container wrote nothing.'
  return {
    kind: 'log',
    title: `Container ${name}, log group ${group}, stream ${stream}`,
    lines: lines?.length ? lines : [nothing],
  }
}

function hasFailed({containers}: ContainerTask, name: string): boolean {
  const container = containers.find(candidate => candidate.name === name)
  return Boolean(container?.exitCode) || container?.reason !== undefined
}
