import type {Document} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const property = 'flows'
const planted = plantedFor(property)

/** Rules inside a group, without those that belong to ranges that not every choice gives. */
const inside = resourcesOf('AWS::EC2::SecurityGroup').flatMap(place =>
  (['SecurityGroupIngress', 'SecurityGroupEgress'] as const).flatMap(list =>
    (place.resource.properties[list] ?? []).map((rule: Document, index: number) => ({
      place,
      list,
      rule,
      index,
    })),
  ),
)
const apart = resourcesOf('AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress')

/** The rule itself, also where a condition decides on it. */
const bare = (rule: Document) => rule['Fn::If']?.[1] ?? rule

export const flowMutations: readonly Mutation[] = [
  ...some(inside, 12).map(({place, list, index, rule}) =>
    planted(place, `lacks ${list} ${index + 1}, ${bare(rule).Description}`, properties => {
      properties[list].splice(index, 1)
      if (properties[list].length === 0) delete properties[list]
    }),
  ),
  ...some(inside, 8).map(({place, list, index, rule}) =>
    planted(place, `has a range of ports in ${list} ${index + 1}, ${bare(rule).Description}`, properties => {
      const changed = bare(properties[list][index])
      changed.FromPort = Number(changed.FromPort ?? 0) - 1
      changed.ToPort = Number(changed.ToPort ?? 65534) + 1
      changed.IpProtocol = 'tcp'
      if (changed.CidrIp === '127.0.0.1/32') changed.CidrIp = '127.0.0.0/31'
    }),
  ),
  ...some(apart, 6).map(place => ({
    name: `${place.at} is missing`,
    property,
    // The group that lacks it: a resource of its own states a rule of another.
    at: `network.${place.resource.properties.GroupId.Ref}`,
    plant({network}: Document) {
      delete network.Resources[place.logicalId]
    },
  })),
  ...some(apart, 5).map(place =>
    planted(place, 'opens the next port', properties => {
      properties.FromPort += 1
      properties.ToPort += 1
    }),
  ),
  ...some(
    apart.filter(({resource}) => resource.type === 'AWS::EC2::SecurityGroupIngress'),
    4,
  ).map(place =>
    planted(place, 'admits everybody', properties => {
      delete properties.SourceSecurityGroupId
      properties.CidrIp = '0.0.0.0/0'
    }),
  ),
  ...resourcesOf('AWS::EC2::SecurityGroup').map(place =>
    planted(place, 'does not state its egress', properties => {
      delete properties.SecurityGroupEgress
    }),
  ),
  ...some(resourcesOf('AWS::ECS::Service'), 4).map(place => ({
    ...planted(place, 'carries the group of the database', ({NetworkConfiguration: network}) => {
      const {AwsvpcConfiguration: configuration} = network
      configuration.SecurityGroups = JSON.parse(
        JSON.stringify(configuration.SecurityGroups).replace(/\w+SG/, 'DatabaseSG'),
      )
    }),
    at: 'network.DatabaseSecurityGroup',
  })),
  planted(
    placeAt('network', 'KeycloakEcsSecurityGroup'),
    'lets everything out',
    ({SecurityGroupEgress: rules}) => {
      rules.push({IpProtocol: '-1', CidrIp: '0.0.0.0/0'})
    },
  ),
  planted(placeAt('network', 'EcsTasksSecurityGroup'), 'admits itself on every port', properties => {
    properties.SecurityGroupIngress = [{IpProtocol: '-1', CidrIp: {Ref: 'VpcCidr'}}]
  }),
  planted(placeAt('network', 'MainAlbSecurityGroup'), 'opens a port that nothing listens on', properties => {
    properties.SecurityGroupIngress.push({
      IpProtocol: 'tcp',
      FromPort: 8080,
      ToPort: 8080,
      CidrIp: '0.0.0.0/0',
    })
  }),
  planted(placeAt('network', 'MainAlbSecurityGroup'), 'has 61 rules', properties => {
    for (let range = 0; range < 70; range += 1) {
      properties.SecurityGroupIngress.push({IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0'})
    }
  }),
  {
    name: 'a group that nothing carries',
    property,
    at: 'network.SpareSecurityGroup',
    plant({network}) {
      network.Resources.SpareSecurityGroup = {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'Spare',
          VpcId: {Ref: 'Vpc'},
          SecurityGroupEgress: [{IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '127.0.0.1/32'}],
        },
      }
    },
  },
  {
    name: 'a function in the VPC, whose traffic no table knows',
    property,
    at: 'compute.BuildTriggerFunction',
    plant({compute}) {
      compute.Resources.BuildTriggerFunction.Properties.VpcConfig = {
        SubnetIds: ['subnet-1'],
        SecurityGroupIds: ['sg-1'],
      }
    },
  },
]
