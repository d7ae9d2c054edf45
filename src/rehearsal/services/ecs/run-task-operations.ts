import type {World} from '../../account/world.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {describeTask} from './describe-tasks.js'
import {placeableTasks} from './fargate-room.js'
import {demandCluster} from './requests.js'
import {findTaskDefinition, statusOfDefinition} from './task-definitions.js'
import {placeTask} from './tasks.js'

/** Source: Amazon ECS API reference, RunTask, count. */
const mostTasks = 10

/** Tasks that somebody starts by hand, beside every service. Source: Amazon ECS API reference. */
export function runTaskOperations(world: World) {
  return {
    RunTask(
      {cluster = 'default', taskDefinition = '', count = 1, networkConfiguration, startedBy},
      {region: name},
    ) {
      const region = world.region(name)
      const {physicalId} = demandCluster(world, region, cluster)
      const definition = findTaskDefinition(world, region, taskDefinition)
      if (!definition) throw modelled('ClientException', 'TaskDefinition not found.')
      if (statusOfDefinition(definition) !== 'ACTIVE') {
        throw modelled('ClientException', 'TaskDefinition is inactive')
      }
      if (count < 1 || count > mostTasks) {
        throw modelled('InvalidParameterException', `Count should be between 1 and ${mostTasks}.`)
      }
      const [subnetId] = networkConfiguration?.awsvpcConfiguration?.subnets ?? []
      if (subnetId === undefined) {
        throw modelled(
          'InvalidParameterException',
          "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        )
      }
      if (!world.resource(region, 'AWS::EC2::Subnet', subnetId)) {
        throw modelled('InvalidParameterException', `The subnet ID '${subnetId}' does not exist`)
      }
      const placed = Math.min(count, placeableTasks(world, region, definition.physicalId))
      const tasks = Array.from({length: placed}, () =>
        placeTask(world, region, {
          cluster: physicalId,
          serviceName: '',
          taskDefinitionArn: definition.physicalId,
          startedBy: startedBy ?? '',
          subnetId,
        }),
      )
      return {
        tasks: tasks.map(task => describeTask(world, region, task)),
        failures: placed < count ? [{reason: 'RESOURCE:CPU'}] : [],
      }
    },
  } satisfies Operations<'ecs'>
}
