import type {Cluster} from '@aws-sdk/client-ecs'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {
  clusterNameOf,
  clusterType,
  nameOf,
  serviceType,
  stateOf,
  wakeScheduler,
} from '../../resources/ecs-services.js'
import {pageOf} from '../../resources/paging.js'
import {modelled, type Operations} from '../../wire/index.js'
import {describeCluster, describeService} from './describe-services.js'
import {describeTask, tasksIn} from './describe-tasks.js'
import {checkPageSize, demandCluster, findCluster, invalidToken} from './requests.js'
import {runTaskOperations} from './run-task-operations.js'
import {deploy, drain, scale} from './service-changes.js'
import {tagList} from './shape.js'
import {taskDefinitionOperations} from './task-definition-operations.js'
import {findTaskDefinition, statusOfDefinition} from './task-definitions.js'
import {stopTask} from './tasks.js'

/** DescribeServices takes ten services, ListServices gives ten a page. */
const servicesPerCall = 10

/** Amazon ECS, as far as reading, updating and deleting goes. Source: Amazon ECS API reference. */
export function ecsOperations(world: World): Operations<'ecs'> {
  return {
    DescribeClusters({clusters = ['default'], include}, {region: name}) {
      const region = world.region(name)
      const found = clusters.map(reference => ({reference, cluster: findCluster(world, region, reference)}))
      return {
        clusters: found
          .flatMap(({cluster}) => (cluster ? [describeCluster(world, region, cluster)] : []))
          .map(cluster => withIncluded(cluster, include)),
        failures: found
          .filter(({cluster}) => !cluster)
          .map(({reference}) => ({arn: ecsArn(world, region, 'cluster', reference), reason: 'MISSING'})),
      }
    },
    ListClusters({maxResults, nextToken}, {region: name}) {
      checkPageSize(maxResults)
      const region = world.region(name)
      const arns = world
        .resourcesOf(region, clusterType)
        .map(c => ecsArn(world, region, 'cluster', c.physicalId))
      const page = pageOf(arns, nextToken, maxResults ?? 100, invalidToken)
      return {clusterArns: page.items, nextToken: page.next}
    },
    DeleteCluster({cluster: reference = ''}, {region: name}) {
      const region = world.region(name)
      const cluster = demandCluster(world, region, reference)
      if (
        servicesIn(world, region, cluster.physicalId).some(service => stateOf(service).status === 'ACTIVE')
      ) {
        throw modelled(
          'ClusterContainsServicesException',
          'The Cluster cannot be deleted while Services are active.',
        )
      }
      if (tasksIn(world, region, cluster.physicalId).some(({lastStatus}) => lastStatus !== 'STOPPED')) {
        throw modelled(
          'ClusterContainsTasksException',
          'The Cluster cannot be deleted while Tasks are active.',
        )
      }
      const shape = describeCluster(world, region, cluster)
      world.remove(region, cluster)
      // What capacity it has is no thing of its own.
      const association = world.resource(
        region,
        'AWS::ECS::ClusterCapacityProviderAssociations',
        cluster.physicalId,
      )
      if (association) world.remove(region, association)
      return {cluster: {...withIncluded(shape), status: 'INACTIVE'}}
    },
    DescribeServices({cluster = 'default', services = [], include}, {region: name}) {
      if (services.length === 0) throw modelled('InvalidParameterException', 'Services cannot be empty.')
      if (services.length > servicesPerCall) {
        throw modelled('InvalidParameterException', `Services can have at most ${servicesPerCall} items.`)
      }
      const region = world.region(name)
      const clusterName = demandCluster(world, region, cluster).physicalId
      const found = services.map(reference => ({
        reference,
        service: findService(world, region, clusterName, reference),
      }))
      return {
        services: found
          .flatMap(({service}) => (service ? [describeService(world, region, service)] : []))
          .map(service => withTags(service, include)),
        failures: found
          .filter(({service}) => !service)
          .map(({reference}) => ({
            arn: ecsArn(world, region, `service/${clusterName}`, reference),
            reason: 'MISSING',
          })),
      }
    },
    ListServices({cluster = 'default', maxResults, nextToken, launchType}, {region: name}) {
      const region = world.region(name)
      checkPageSize(maxResults)
      const {physicalId} = demandCluster(world, region, cluster)
      const arns = servicesIn(world, region, physicalId)
        .filter(service => stateOf(service).status === 'ACTIVE')
        .filter(service => launchType === undefined || launchTypeOf(service) === launchType)
        .map(service => service.physicalId)
      const page = pageOf(arns, nextToken, maxResults ?? servicesPerCall, invalidToken)
      return {serviceArns: page.items, nextToken: page.next}
    },
    UpdateService(input, {region: name}) {
      const region = world.region(name)
      const service = demandService(world, region, input.cluster, input.service)
      if (stateOf(service).status !== 'ACTIVE')
        throw modelled('ServiceNotActiveException', 'Service was not ACTIVE.')
      const {desiredCount, forceNewDeployment, taskDefinition} = input
      if (taskDefinition !== undefined) {
        const definition = findTaskDefinition(world, region, taskDefinition)
        if (!definition) throw modelled('ClientException', 'Unable to describe task definition.')
        if (statusOfDefinition(definition) !== 'ACTIVE') {
          throw modelled('ClientException', 'TaskDefinition is inactive')
        }
        if (definition.physicalId !== stateOf(service).deployments[0]?.taskDefinition || forceNewDeployment) {
          deploy(world, region, service, definition.physicalId)
        }
      } else if (forceNewDeployment) {
        deploy(world, region, service, stateOf(service).deployments[0]?.taskDefinition ?? '')
      }
      if (desiredCount !== undefined) scale(world, region, service, desiredCount)
      return {service: describeService(world, region, service)}
    },
    DeleteService({cluster, service: reference, force}, {region: name}) {
      const region = world.region(name)
      const service = demandService(world, region, cluster, reference)
      if (!force && stateOf(service).desiredCount > 0) {
        throw modelled(
          'InvalidParameterException',
          'The service cannot be stopped while it is scaled above 0.',
        )
      }
      drain(world, region, service)
      return {service: describeService(world, region, service)}
    },
    DescribeTasks({cluster = 'default', tasks = []}, {region: name}) {
      if (tasks.length === 0) throw modelled('InvalidParameterException', 'Tasks cannot be empty.')
      if (tasks.length > 100) throw modelled('InvalidParameterException', 'Tasks can have at most 100 items.')
      const region = world.region(name)
      const {physicalId} = demandCluster(world, region, cluster)
      const known = tasksIn(world, region, physicalId)
      const found = tasks.map(reference => ({
        reference,
        task: known.find(({arn}) => arn === reference || arn.endsWith(`/${reference}`)),
      }))
      return {
        tasks: found.flatMap(({task}) => (task ? [describeTask(world, region, task)] : [])),
        failures: found
          .filter(({task}) => !task)
          .map(({reference}) => ({
            arn: ecsArn(world, region, `task/${physicalId}`, reference),
            reason: 'MISSING',
          })),
      }
    },
    ListTasks(input, {region: name}) {
      const region = world.region(name)
      checkPageSize(input.maxResults)
      if (input.serviceName !== undefined && (input.family ?? input.startedBy) !== undefined) {
        throw modelled('InvalidParameterException', 'cannot specify serviceName along with other filters')
      }
      const {physicalId} = demandCluster(world, region, input.cluster ?? 'default')
      if (input.serviceName !== undefined) demandService(world, region, physicalId, input.serviceName)
      const serviceName = input.serviceName?.slice(input.serviceName.lastIndexOf('/') + 1)
      const arns = tasksIn(world, region, physicalId)
        .filter(({desiredStatus}) => desiredStatus === (input.desiredStatus ?? 'RUNNING'))
        .filter(task => serviceName === undefined || task.serviceName === serviceName)
        .filter(task => input.startedBy === undefined || task.startedBy === input.startedBy)
        .filter(
          task =>
            input.family === undefined ||
            task.taskDefinitionArn.split('/').at(-1)?.split(':')[0] === input.family,
        )
        .map(({arn}) => arn)
      const page = pageOf(arns, input.nextToken, input.maxResults ?? 100, invalidToken)
      return {taskArns: page.items, nextToken: page.next}
    },
    StopTask({cluster = 'default', task: reference = '', reason}, {region: name}) {
      const region = world.region(name)
      const {physicalId} = demandCluster(world, region, cluster)
      const task = tasksIn(world, region, physicalId).find(
        ({arn}) => arn === reference || arn.endsWith(`/${reference}`),
      )
      if (!task) throw modelled('InvalidParameterException', 'The referenced task was not found.')
      stopTask(world, region, task, {stopCode: 'UserInitiated', reason: reason ?? 'Task stopped by user'})
      const service = findService(world, region, physicalId, task.serviceName)
      if (service) wakeScheduler(world, region, service)
      return {task: describeTask(world, region, task)}
    },
    ...taskDefinitionOperations(world),
    ...runTaskOperations(world),
    ListTagsForResource({resourceArn = ''}, {region: name}) {
      const resource = Object.values(world.region(name).resources).find(
        ({physicalId, attributes}) => physicalId === resourceArn || attributes.Arn === resourceArn,
      )
      if (!resource) throw modelled('InvalidParameterException', 'The specified resource is not found.')
      return {tags: tagList(resource.tags)}
    },
  }
}

/** Tags come only to whoever asks for them. */
function withTags<Shape extends {tags?: unknown}>(shape: Shape, include: readonly string[] = []): Shape {
  return include.includes('TAGS') ? shape : {...shape, tags: []}
}

/** Source: ECS API reference, DescribeClusters: what is not asked for is left out. */
function withIncluded(cluster: Cluster, include: readonly string[] = []): Cluster {
  const {settings, configuration, ...rest} = withTags(cluster, include)
  return {
    ...rest,
    settings: include.includes('SETTINGS') ? settings : [],
    ...(include.includes('CONFIGURATIONS') && {configuration}),
  }
}

function launchTypeOf({properties}: Resource): unknown {
  return properties.CapacityProviderStrategy ? undefined : (properties.LaunchType ?? 'FARGATE')
}

function servicesIn(world: World, region: Region, cluster: string): Resource[] {
  return world.resourcesOf(region, serviceType).filter(service => clusterNameOf(service) === cluster)
}

function findService(world: World, region: Region, cluster: string, reference: string): Resource | undefined {
  return servicesIn(world, region, cluster).find(
    service => service.physicalId === reference || nameOf(service) === reference,
  )
}

/** @throws ClusterNotFoundException, ServiceNotFoundException */
function demandService(
  world: World,
  region: Region,
  cluster: string | undefined,
  reference: string | undefined,
): Resource {
  const {physicalId} = demandCluster(world, region, cluster ?? 'default')
  const service = findService(world, region, physicalId, reference ?? '')
  if (!service) throw modelled('ServiceNotFoundException', 'Service not found.')
  return service
}

function ecsArn(world: World, region: Region, path: string, reference: string): string {
  return reference.startsWith('arn:')
    ? reference
    : `arn:aws:ecs:${region.name}:${world.account.id}:${path}/${reference}`
}
