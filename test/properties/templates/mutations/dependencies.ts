import {labels} from '../../../../src/parity/templates/template-set.js'
import {type Document, loadTemplates} from '../template-set.js'
import {placeAt, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'

const property = 'dependencies'
const templates = loadTemplates()

const waiting = labels
  .filter(label => label !== 'main')
  .flatMap(label =>
    Object.entries(templates[label].resources)
      .filter(([, {dependsOn}]) => dependsOn.length > 0)
      .map(([logicalId, {dependsOn}]) => ({...placeAt(label, logicalId), dependsOn})),
  )

function waits(at: string, needed: string): Mutation {
  const [label = '', logicalId = ''] = at.split('.')
  return {
    name: `${at} waits for ${needed}`,
    property,
    at,
    plant: (documents: Document) => {
      const resource = documents[label].Resources[logicalId]
      resource.DependsOn = [...[resource.DependsOn ?? []].flat(), needed]
    },
  }
}

export const dependencyMutations: readonly Mutation[] = [
  ...waiting.flatMap(({label, logicalId, at, dependsOn}) =>
    dependsOn.map(needed => ({
      name: `${at} no longer waits for ${needed}`,
      property,
      at,
      plant: (documents: Document) => {
        const resource = documents[label].Resources[logicalId]
        resource.DependsOn = dependsOn.filter(other => other !== needed)
      },
    })),
  ),
  ...resourcesOf('AWS::ECS::Service').map(({at}) =>
    waits(at, at.endsWith('.RegistryService') ? 'KeycloakService' : 'RegistryService'),
  ),
  // What a reference says already.
  waits('services.RegistryService', 'RegistryTaskDefinition'),
  waits('network.NatGateway1', 'NatEip1'),
  waits('data.DatabaseWriter', 'DatabaseSubnetGroup'),
  waits('compute.MainHttpListener', 'MainAlb'),
  waits('compute.ContainerImages', 'ContainerBuildProject'),
  // What takes minutes and is not needed.
  waits('network.NatEip1', 'InternetGatewayAttachment'),
  waits('data.DatabaseProxy', 'DatabaseWriter'),
  waits('data.FileSystem', 'DatabaseWriter'),
  waits('compute.ContainerImages', 'MainAlb'),
  waits('compute.KeycloakAlb', 'MainAlb'),
  waits('compute.MainAlb', 'ContainerImages'),
  waits('compute.MainDistribution', 'ContainerImages'),
  // What is not always made.
  waits('compute.MainHttpListener', 'RegistryCertificate'),
  waits('data.DatabaseProxyRole', 'KeptDatabaseKey'),
  // Circles, of which one runs through a condition.
  waits('network.Vpc', 'PublicSubnet1'),
  waits('data.DatabaseKey', 'DatabaseCluster'),
  waits('compute.MainAlb', 'MainDistribution'),
]
