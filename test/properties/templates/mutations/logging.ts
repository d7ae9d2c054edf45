// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import type {Document} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'

const planted = plantedFor('logging')
const registry = placeAt('services', 'RegistryTaskDefinition')

export const loggingMutations: readonly Mutation[] = [
  ...resourcesOf('AWS::ECS::TaskDefinition').flatMap(place =>
    place.resource.properties.ContainerDefinitions.flatMap(({Name: name}: Document, index: number) => [
      planted(place, `container ${name} does not log`, ({ContainerDefinitions: containers}) => {
        delete containers[index].LogConfiguration
      }),
      planted(
        place,
        `container ${name} logs to a group of another name`,
        ({ContainerDefinitions: containers}) => {
          containers[index].LogConfiguration.Options['awslogs-group'] = {
            'Fn::Sub': `/ecs/\${EnvironmentName}-${name}s`,
          }
        },
      ),
    ]),
  ),
  ...resourcesOf('AWS::ECS::Service')
    .filter(({resource}) => resource.properties.ServiceConnectConfiguration !== undefined)
    .map(place =>
      planted(place, 'has a Service Connect agent without a log', properties => {
        delete properties.ServiceConnectConfiguration.LogConfiguration
      }),
    ),
  planted(registry, 'logs with splunk', ({ContainerDefinitions: [, container]}) => {
    container.LogConfiguration.LogDriver = 'splunk'
  }),
  planted(registry, 'logs to us-west-2 from everywhere', ({ContainerDefinitions: [, container]}) => {
    container.LogConfiguration.Options['awslogs-region'] = 'us-west-2'
  }),
  planted(registry, 'has no stream prefix', ({ContainerDefinitions: [, container]}) => {
    delete container.LogConfiguration.Options['awslogs-stream-prefix']
  }),
  planted(registry, "logs to the auth server's group", ({ContainerDefinitions: [, container]}) => {
    container.LogConfiguration.Options['awslogs-group'] = {Ref: 'AuthServerLogGroup'}
  }),
  planted(registry, 'logs to a security group', ({ContainerDefinitions: [, container]}) => {
    container.LogConfiguration.Options['awslogs-group'] = {
      'Fn::ImportValue': {'Fn::Sub': '${EnvironmentName}-EfsSG'},
    }
  }),
  {
    name: 'the group of the registry, known by name, is made with alarms only',
    property: 'logging',
    at: registry.at,
    plant({services: {Resources: resources}}) {
      resources.RegistryLogGroup.Condition = 'HasAlarms'
      const name = {'Fn::Sub': '/ecs/${EnvironmentName}-registry'}
      for (const container of resources.RegistryTaskDefinition.Properties.ContainerDefinitions)
        container.LogConfiguration.Options['awslogs-group'] = name
      const connect = resources.RegistryService.Properties.ServiceConnectConfiguration
      connect.LogConfiguration.Options['awslogs-group'] = name
    },
  },
  ...['TaskExecutionRole', 'AppTaskExecutionRole', 'KeycloakTaskExecutionRole'].map(role => ({
    name: `${role} may write to groups of another name`,
    property: 'logging',
    at: `compute.${role}`,
    plant({compute}: {compute: Document}) {
      const {Statement: statements} = compute.Resources[role].Properties.Policies[0].PolicyDocument
      const writing = statements.find(({Sid: sid}: Document) => sid === 'WriteLogs')
      writing.Resource = JSON.parse(JSON.stringify(writing.Resource).replaceAll('/ecs/', '/ecs-'))
    },
  })),
]
