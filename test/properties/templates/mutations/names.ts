// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import {nameRules} from '../tables/name-rules.js'
import type {Document} from '../template-set.js'
import {type Place, placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const fits = plantedFor('names-fit')
const apart = plantedFor('names-apart')

/** Characters of the longest name of an environment. */
const longestEnvironment = 19

/** Top-level names, one of each kind. */
const named = nameRules.flatMap(rule => {
  const [place] = resourcesOf(rule.type).filter(
    ({resource: {properties, condition}}) => properties[rule.path] !== undefined && condition === undefined,
  )
  return rule.path.includes('.') || place === undefined ? [] : [{...rule, place, logicalId: place.logicalId}]
})

const alb = placeAt('compute', 'MainAlb')
const proxy = placeAt('data', 'DatabaseProxy')
const repository = placeAt('compute', 'RegistryRepository')
const tasks = placeAt('services', 'RegistryTaskDefinition')

export const namesFitMutations: readonly Mutation[] = [
  // Only the longest environment takes one character too many.
  ...some(
    named.filter(({max}) => max > longestEnvironment + 1),
    10,
  ).map(({place, path, max}) =>
    fits(place, `has a ${path} of ${max + 1} characters in the longest environment`, properties => {
      properties[path] = {'Fn::Sub': `\${EnvironmentName}-${'x'.repeat(max - longestEnvironment)}`}
    }),
  ),
  ...some(
    named.filter(({unique, pattern}) => unique && !pattern.test('a name')),
    4,
  ).map(({place, path}) =>
    fits(place, `has a space in its ${path}`, properties => {
      properties[path] = {'Fn::Sub': '${EnvironmentName} name'}
    }),
  ),
  fits(alb, 'has a name that ends with a hyphen', properties => {
    properties.Name = {'Fn::Sub': '${EnvironmentName}-'}
  }),
  fits(alb, 'has a name that begins with internal-', properties => {
    properties.Name = {'Fn::Sub': 'internal-${EnvironmentName}'}
  }),
  fits(proxy, 'has a name with two hyphens in a row', properties => {
    properties.DBProxyName = {'Fn::Sub': '${EnvironmentName}--proxy'}
  }),
  fits(repository, 'has a name with two hyphens in a row', properties => {
    properties.RepositoryName = {'Fn::Sub': '${EnvironmentName}--registry'}
  }),
  fits(placeAt('data', 'KeycloakAdminParameter'), 'has a name that begins with ssm', properties => {
    properties.Name = {'Fn::Sub': '/ssm/${EnvironmentName}/admin'}
  }),
  fits(tasks, 'has a port name in upper case', ({ContainerDefinitions: [, container]}) => {
    container.PortMappings[0].Name = 'HTTP'
  }),
  fits(tasks, 'has a variable with a hyphen', ({ContainerDefinitions: [, container]}) => {
    container.Environment[0].Name = 'AUTH-SERVER'
  }),
  fits(placeAt('compute', 'TaskRole'), 'has a name that no table knows', properties => {
    properties.RoleName = {'Fn::Sub': '${EnvironmentName}-task'}
  }),
  fits(placeAt('network', 'EfsSecurityGroup'), 'has a name that no table knows', properties => {
    properties.GroupName = {'Fn::Sub': '${EnvironmentName}-efs'}
  }),
  fits(placeAt('network', 'Vpc'), 'has a tag of 257 characters', ({Tags: [tag]}) => {
    tag.Value = 'x'.repeat(257)
  }),
  fits(placeAt('network', 'Vpc'), 'has a tag that AWS keeps for itself', ({Tags: [tag]}) => {
    tag.Key = 'aws:name'
  }),
  {
    name: 'an export has a name of 256 characters',
    property: 'names-fit',
    at: 'data export',
    plant({data}) {
      data.Outputs.RdsKmsKeyArn.Export.Name = {'Fn::Sub': `\${EnvironmentName}-${'x'.repeat(236)}`}
    },
  },
]

/** A property whose name differs from that of the same property elsewhere by what comes before it. */
const prefixed: readonly [place: Place, path: string, name: string][] = [
  [placeAt('compute', 'KeycloakTargetGroup'), 'Name', '${EnvironmentName}-my-registry-tg'],
  [placeAt('compute', 'KeycloakEcsCluster'), 'ClusterName', '${EnvironmentName}-second-ecs-cluster'],
  [placeAt('compute', 'KeycloakRepository'), 'RepositoryName', '${EnvironmentName}-own-registry'],
  [placeAt('data', 'KeycloakClientSecret'), 'Name', '${EnvironmentName}-m2m-secret-key'],
  [placeAt('services', 'KeycloakService'), 'ServiceName', '${EnvironmentName}-a-registry'],
  [placeAt('services', 'AuthCpuHighAlarm'), 'AlarmName', '${EnvironmentName}-the-registry-cpu-high'],
  [placeAt('services', 'KeycloakLogGroup'), 'LogGroupName', '/ecs/${EnvironmentName}-x-mcpgw'],
]

export const namesApartMutations: readonly Mutation[] = [
  ...some(
    named.filter(({unique}) => unique),
    9,
  ).map(({place, path}) =>
    apart(place, `has one ${path} for all environments`, properties => {
      properties[path] = 'mcp-gateway-fixed'
    }),
  ),
  ...prefixed.map(([place, path, name]) =>
    apart(place, `is called ${name}, as another environment may call its own`, properties => {
      properties[path] = {'Fn::Sub': name}
    }),
  ),
  apart(placeAt('compute', 'KeycloakViewerFunction'), 'has one Name in all regions', properties => {
    properties.Name = {'Fn::Sub': '${EnvironmentName}-keycloak-viewers'}
  }),
  {
    name: 'an export has one name for all environments',
    property: 'names-apart',
    at: 'data output RdsKmsKeyArn',
    plant({data}) {
      data.Outputs.RdsKmsKeyArn.Export.Name = 'RdsKmsKeyArn'
    },
  },
  {
    name: 'an environment may be called x-keycloak, whose load balancer is that of x',
    property: 'names-apart',
    at: 'compute.KeycloakAlb',
    plant(documents) {
      // The pattern that the rest of the environment's names is checked with.
      const {EnvironmentName: name}: Document = documents.network.Parameters
      name.AllowedPattern = name.AllowedPattern.replace('|.*-keycloak$', '')
    },
  },
]
