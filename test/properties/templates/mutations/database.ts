// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import type {Document} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'

const planted = plantedFor('database')
const address = placeAt('data', 'KeycloakDatabaseUrlParameter')
const writer = placeAt('data', 'DatabaseWriter')

export const databaseMutations: readonly Mutation[] = [
  ...resourcesOf('AWS::RDS::DBCluster').flatMap(place => [
    planted(place, 'has a fixed version', properties => {
      properties.EngineVersion = '8.0.mysql_aurora.3.10.3'
    }),
    planted(place, 'has the version that Amazon RDS likes', properties => {
      delete properties.EngineVersion
    }),
  ]),
  planted(writer, 'is raised by Amazon RDS', properties => {
    delete properties.AutoMinorVersionUpgrade
  }),
  planted(writer, 'has a version of its own', properties => {
    properties.EngineVersion = '8.0.mysql_aurora.3.10.3'
  }),
  planted(placeAt('data', 'DatabaseProxy'), 'takes connections in the clear', properties => {
    properties.RequireTLS = false
  }),
  planted(address, 'may be asked for in the clear', ({Value: {'Fn::Sub': parts}}: Document) => {
    parts[0] = 'jdbc:mysql://${Host}:3306/keycloak'
  }),
  planted(address, 'always leads through the proxy', ({Value: {'Fn::Sub': parts}}: Document) => {
    parts[1].Host = {'Fn::GetAtt': ['DatabaseProxy', 'Endpoint']}
  }),
  planted(address, 'leads past the proxy unasked', ({Value: {'Fn::Sub': parts}}: Document) => {
    parts[1].Host = parts[1].Host['Fn::If'][2]
  }),
  planted(placeAt('services', 'KeycloakTaskDefinition'), 'does not notice another way', properties => {
    delete properties.ContainerDefinitions[0].DockerLabels
  }),
]
