// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's

import {labels} from '../../../../src/parity/templates/template-set.js'
import {specificationOf} from '../specification.js'
import type {Document} from '../template-set.js'
import {loadTemplates} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const property = 'types'
const planted = plantedFor(property)

/** One resource of each type, with its specification. */
const oneOfEach = [
  ...new Set(labels.flatMap(label => Object.values(loadTemplates()[label].resources).map(({type}) => type))),
].flatMap(type => {
  const [place] = resourcesOf(type)
  const specification = specificationOf(type)
  return place === undefined || specification === undefined ? [] : [{place, type, specification}]
})

const registry = placeAt('services', 'RegistryTaskDefinition')
const service = placeAt('services', 'RegistryService')

export const typeMutations: readonly Mutation[] = [
  ...some(oneOfEach, 14).map(({place, type}) =>
    planted(place, `has a property that ${type} does not have`, properties => {
      properties.Nmae = 'x'
    }),
  ),
  ...some(oneOfEach, 18).flatMap(({place, specification}) =>
    Object.entries(specification.properties)
      .filter(([name, {required}]) => required === true && place.resource.properties[name] !== undefined)
      .slice(0, 1)
      .map(([name]) =>
        planted(place, `lacks ${name}`, properties => {
          delete properties[name]
        }),
      ),
  ),
  planted(registry, 'misspells a property of a port', ({ContainerDefinitions: [, container]}) => {
    container.PortMappings[0].ContainerProt = 80
  }),
  planted(registry, 'has a volume without file system', ({Volumes: [volume]}) => {
    delete volume.EFSVolumeConfiguration.FilesystemId
  }),
  planted(registry, 'has a port that is no number', ({ContainerDefinitions: [, container]}) => {
    container.PortMappings[0].ContainerPort = 'http'
  }),
  planted(registry, 'has text where a list belongs', properties => {
    properties.RequiresCompatibilities = 'FARGATE'
  }),
  planted(registry, 'is essential perhaps', ({ContainerDefinitions: [container]}) => {
    container.Essential = 'maybe'
  }),
  planted(service, 'has a word that ECS does not know', properties => {
    properties.PropagateTags = 'TASKS'
  }),
  planted(placeAt('network', 'PublicDefaultRoute'), 'names a gateway that is not there', properties => {
    properties.GatewayId = {Ref: 'InternetGate'}
  }),
  planted(placeAt('network', 'NatGateway1'), 'asks an address for its id', properties => {
    properties.AllocationId = {'Fn::GetAtt': ['NatEip1', 'Id']}
  }),
  planted(placeAt('data', 'DatabaseProxy'), 'asks a role for its ARN in lower case', properties => {
    properties.RoleArn = {'Fn::GetAtt': ['DatabaseProxyRole', 'arn']}
  }),
  planted(placeAt('data', 'KeycloakDatabaseUrlParameter'), 'asks the proxy for an address', properties => {
    properties.Value = {'Fn::Sub': 'jdbc:mysql://${DatabaseProxy.Address}:3306/keycloak'}
  }),
  planted(
    placeAt('data', 'DatabaseKeyAlias'),
    'names a key that is made with a snapshot only',
    properties => {
      properties.TargetKeyId = {Ref: 'KeptDatabaseKey'}
    },
  ),
  planted(placeAt('compute', 'ContainerBuildProject'), 'asks a group for its name', properties => {
    properties.ServiceRole = {'Fn::GetAtt': ['ContainerBuildLogGroup', 'Name']}
  }),
  ...(
    [
      ['data', 'AuroraClusterEndpoint', {'Fn::GetAtt': ['DatabaseWriter', 'Endpoint.Host']}],
      ['compute', 'ContainerBuildId', {'Fn::GetAtt': ['ContainerImages', 'BuildArn']}],
      ['compute', 'MainAlbFullName', {'Fn::GetAtt': ['MainAlb', 'FullName']}],
      ['main', 'RegistryUrl', {'Fn::GetAtt': ['ComputeStack', 'Outputs.RegistryURL']}],
    ] as const
  ).map(([label, output, value]) => ({
    name: `output ${output} of ${label} asks for what there is not`,
    property,
    at: `${label} output ${output}`,
    plant: (documents: Document) => {
      documents[label].Outputs[output].Value = value
    },
  })),
  {
    name: 'the main template shows an output that only some deployments have',
    property,
    at: 'main output AlarmTopic',
    plant({main}) {
      main.Outputs.AlarmTopic = {Value: {'Fn::GetAtt': ['ServicesStack', 'Outputs.AlarmSnsTopicArn']}}
    },
  },
  {
    name: 'a type does not exist',
    property,
    at: 'network.S3Endpoint',
    plant({network}) {
      network.Resources.S3Endpoint.Type = 'AWS::EC2::VpcEndpoint'
    },
  },
]
