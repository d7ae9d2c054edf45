import type {Document} from '../template-set.js'
import {type Place, placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'

const property = 'task-ingress'
const planted = plantedFor(property)
const groups = ['EcsTasksSecurityGroup', 'McpServersSecurityGroup', 'KeycloakEcsSecurityGroup']
const rules = resourcesOf('AWS::EC2::SecurityGroupIngress').filter(({resource}) =>
  groups.includes(resource.properties.GroupId.Ref),
)
const servers = placeAt('network', 'McpServersSecurityGroup')

/** A rule inside a group, beside those that it has. */
const inside = (place: Place, what: string, rule: Document) =>
  planted(place, what, properties => {
    properties.SecurityGroupIngress = [...(properties.SecurityGroupIngress ?? []), rule]
  })

const tcp = (port: number) => ({IpProtocol: 'tcp', FromPort: port, ToPort: port})

export const taskIngressMutations: readonly Mutation[] = [
  ...groups.flatMap((logicalId): Mutation[] => {
    const place = placeAt('network', logicalId)
    return [
      inside(place, 'admits the world', {...tcp(443), CidrIp: '0.0.0.0/0'}),
      inside(place, 'admits the VPC', {...tcp(8080), CidrIp: {Ref: 'VpcCidr'}}),
      inside(place, 'admits IPv6', {...tcp(443), CidrIpv6: '::/0'}),
      inside(place, 'admits CloudFront where there is some', {
        'Fn::If': [
          'HttpFromCloudFront',
          {...tcp(80), SourcePrefixListId: {Ref: 'CloudFrontPrefixListId'}},
          {Ref: 'AWS::NoValue'},
        ],
      }),
      {
        name: `${place.at} is opened by a rule that is by itself, with a domain only`,
        property,
        at: 'network.LateRule',
        plant: ({network}) => {
          network.Resources.LateRule = {
            Type: 'AWS::EC2::SecurityGroupIngress',
            Condition: 'HasDomain',
            Properties: {...tcp(80), GroupId: {Ref: logicalId}, CidrIp: '10.0.0.0/8'},
          }
        },
      },
    ]
  }),
  ...rules.flatMap(place => [
    planted(place, 'admits addresses', properties => {
      delete properties.SourceSecurityGroupId
      properties.CidrIp = '10.0.0.0/8'
    }),
    planted(place, 'opens a range of ports', properties => {
      properties.ToPort = properties.FromPort + 10
    }),
  ]),
  ...servers.resource.properties.SecurityGroupIngress.map((_: Document, index: number) =>
    planted(servers, `rule ${index + 1} admits addresses`, ({SecurityGroupIngress: ingress}) => {
      delete ingress[index].SourceSecurityGroupId
      ingress[index].CidrIp = '10.0.0.0/8'
    }),
  ),
  inside(servers, 'admits every protocol', {
    IpProtocol: '-1',
    SourceSecurityGroupId: {Ref: 'EcsTasksSecurityGroup'},
  }),
  inside(servers, 'admits a group of another account', {
    ...tcp(8000),
    SourceSecurityGroupId: 'sg-0123456789abcdef0',
  }),
  ...resourcesOf('AWS::ECS::Service').map(place =>
    planted(place, 'is in the default security group', properties => {
      delete properties.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups
    }),
  ),
]
