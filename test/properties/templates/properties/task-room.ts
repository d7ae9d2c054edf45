import {judgeEach, type Property} from '../property.js'
import {serviceOf, taskDefinitions} from '../tasks.js'

/**
 * Services with PyTorch. GiB of disk: Fargate keeps an image packed and unpacked, and with CUDA that is 4 and 9. MiB of
 * memory: PyTorch, a small model and an index take more than one GiB.
 * Source of the disk: Amazon ECS developer guide, "Fargate task ephemeral storage".
 */
const needs: Readonly<Record<string, {readonly disk: number; readonly memory: number}>> = {
  registry: {disk: 30, memory: 512},
  mcpgw: {disk: 30, memory: 2048},
}

/** Fargate's own, when a task definition asks for none. */
const unasked = 20

/** A task that runs out of disk does not start; one that runs out of memory is stopped at the first search. */
export const taskRoom: Property = {
  id: 'task-room',
  title: 'what computes embeddings has room for its image on disk and for its model in memory',
  violations: ({deployed}) =>
    judgeEach(
      taskDefinitions(deployed).filter(definition => Object.hasOwn(needs, serviceOf(deployed, definition))),
      {atLeast: 2, what: 'task definitions with PyTorch'},
      definition => {
        const {disk = 0, memory = 0} = needs[serviceOf(deployed, definition)] ?? {}
        const {EphemeralStorage: storage, Memory: given} = definition.properties
        const size = Number(storage?.SizeInGiB ?? unasked)
        return [
          !(size >= disk) && `it has ${size} GiB of disk, and needs ${disk}`,
          !(Number(given) >= memory) && `it has ${given} MiB of memory, and needs ${memory}`,
        ]
      },
    ),
}
