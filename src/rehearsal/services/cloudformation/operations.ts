import type {World} from '../../account/world.js'
import type {Operations} from '../../wire/index.js'
import {changeSetOperations} from './change-set-operations.js'
import {eventOperations} from './event-operations.js'
import {stackChangeOperations} from './stack-change-operations.js'
import {stackReadOperations} from './stack-read-operations.js'
import {templateOperations} from './template-operations.js'

/** CloudFormation's API over the stack engine. */
export function cloudFormationOperations(world: World): Operations<'cloudformation'> {
  return {
    ...stackChangeOperations(world),
    ...changeSetOperations(world),
    ...stackReadOperations(world),
    ...eventOperations(world),
    ...templateOperations(world),
  }
}
