import type {Region, Task} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {about} from '../../resources/timing.js'
import {parseImage} from '../ecr/images.js'
import {timesOf} from './containers/image-times.js'
import type {Container} from './task-definitions.js'
import {containersOf, findTaskDefinition} from './task-definitions.js'

/** Containers of a task as its task definition describes them; those that others wait for first. */
export function containersOfTask(world: World, region: Region, task: Task): Container[] {
  const definition = findTaskDefinition(world, region, task.taskDefinitionArn)
  return definition ? containersOf(definition) : []
}

/** When a running container's ports answer, in epoch milliseconds. */
export function answersFrom(world: World, task: Task, image: string): number | undefined {
  return task.lastStatus === 'RUNNING' ? upSince(world, task, image) : undefined
}

/** The same for a task that may have ended since. */
export function upSince(world: World, task: Task, image: string): number | undefined {
  if (task.startedAt === undefined) return undefined
  const {startSeconds} = timesOf(parseImage(image).repository)
  return task.startedAt + about(world, startSeconds, task.taskDefinitionArn, 'start') * 1000
}
