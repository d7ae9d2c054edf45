import type {Region, Task} from '../../account/account.js'
import type {World} from '../../account/world.js'
import type {RunningContainer} from './containers/container-app.js'
import type {Container} from './task-definitions.js'
import {secretsNow} from './task-secrets.js'

/** A container with the variables that it began with. */
export function runningContainer(
  world: World,
  region: Region,
  task: Task,
  container: Container,
): RunningContainer {
  // A task of an account that was written down before they were kept has those of now.
  const given = task.secrets ?? secretsNow(world, region, [container])
  const {name, image, environment} = container
  return {world, region, task, image, environment: {...environment, ...given[name]}}
}
