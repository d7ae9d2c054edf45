import type {Document} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const property = 'ports'
const planted = plantedFor(property)

const services = resourcesOf('AWS::ECS::Service')
const connected = services.filter(
  ({resource}) => resource.properties.ServiceConnectConfiguration !== undefined,
)
/** A defect of a task definition shows at the service that runs it. */
const definitions = services.map(service => ({
  service,
  definition: placeAt('services', service.resource.properties.TaskDefinition.Ref),
}))

const addresses = ['AUTH_SERVER_URL', 'REGISTRY_BASE_URL', 'AGENTCORE_RUNTIME_URL']

export const portMutations: readonly Mutation[] = [
  ...some(
    definitions.flatMap(({service, definition}) =>
      definition.resource.properties.ContainerDefinitions.flatMap((container: Document, index: number) =>
        (container.PortMappings ?? []).flatMap(({ContainerPort: port}: Document, mapping: number) => [
          {
            ...planted(definition, `moves port ${port}`, ({ContainerDefinitions: containers}) => {
              containers[index].PortMappings[mapping].ContainerPort = port + 1
            }),
            at: service.at,
          },
          // Port 443 of the registry is mapped without need.
          ...(port === 443
            ? []
            : [
                {
                  ...planted(
                    definition,
                    `does not map port ${port}`,
                    ({ContainerDefinitions: containers}) => {
                      containers[index].PortMappings.splice(mapping, 1)
                    },
                  ),
                  at: service.at,
                },
              ]),
        ]),
      ),
    ),
    14,
  ),
  ...definitions.flatMap(({service, definition}) =>
    definition.resource.properties.ContainerDefinitions.flatMap((container: Document, index: number) =>
      (container.Environment ?? []).flatMap(({Name: name}: Document, variable: number) =>
        name === 'PORT' || addresses.includes(name)
          ? [
              {
                ...planted(
                  definition,
                  `names another port in ${name}`,
                  ({ContainerDefinitions: containers}) => {
                    const told = containers[index].Environment[variable]
                    told.Value = told.Value.replace(/\d{4}/, '8001')
                  },
                ),
                at: service.at,
              },
            ]
          : [],
      ),
    ),
  ),
  ...some(
    connected.flatMap(place => [
      planted(
        place,
        'is called at another port',
        ({
          ServiceConnectConfiguration: {
            Services: [connect],
          },
        }) => {
          connect.ClientAliases[0].Port = 80
        },
      ),
      planted(
        place,
        'offers a port that it does not have',
        ({
          ServiceConnectConfiguration: {
            Services: [connect],
          },
        }) => {
          connect.PortName = 'nothing'
        },
      ),
    ]),
    7,
  ),
  {
    name: 'Service Connect takes a port for HTTP',
    property,
    at: 'services.CurrentTimeService',
    plant({services: {Resources: resources}}) {
      const [container] = resources.CurrentTimeTaskDefinition.Properties.ContainerDefinitions
      container.PortMappings[0].AppProtocol = 'http'
    },
  },
  {
    name: 'a service has the name of another',
    property,
    at: 'services: two services are called registry',
    plant({services: {Resources: resources}}) {
      const {
        Services: [connect],
      } = resources.McpgwService.Properties.ServiceConnectConfiguration
      connect.ClientAliases.push({DnsName: 'registry', Port: 8003})
    },
  },
]
