// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import type {Document} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'

const planted = plantedFor('access-points')
const servers = placeAt('data', 'ServersAccessPoint')

export const accessPointMutations: readonly Mutation[] = [
  ...resourcesOf('AWS::EFS::AccessPoint').flatMap(place => [
    planted(place, 'acts as root', properties => {
      properties.PosixUser.Uid = '0'
    }),
    planted(place, 'acts for group 100', properties => {
      properties.PosixUser.Gid = '100'
    }),
    planted(place, 'makes its folder for root', properties => {
      properties.RootDirectory.CreationInfo.OwnerUid = '0'
    }),
    planted(place, 'fixes no user', properties => {
      delete properties.PosixUser
    }),
  ]),
  ...resourcesOf('AWS::ECS::TaskDefinition').flatMap(place =>
    (place.resource.properties.Volumes ?? []).map(({Name: name}: Document, index: number) =>
      planted(place, `mounts ${name} without an access point`, ({Volumes: volumes}) => {
        delete volumes[index].EFSVolumeConfiguration.AuthorizationConfig
      }),
    ),
  ),
  planted(servers, 'acts as another user when a snapshot is kept', properties => {
    properties.PosixUser.Uid = {'Fn::If': ['KeepsSnapshot', '1001', '1000']}
  }),
  planted(servers, 'opens its folder to everyone', properties => {
    properties.RootDirectory.CreationInfo.Permissions = '777'
  }),
  planted(servers, 'leads to the folder of the models', properties => {
    properties.RootDirectory.Path = '/model'
  }),
  planted(
    placeAt('services', 'McpgwTaskDefinition'),
    'takes an access point for a file system',
    properties => {
      const [{EFSVolumeConfiguration: volume}] = properties.Volumes
      volume.FilesystemId = {'Fn::ImportValue': {'Fn::Sub': '${EnvironmentName}-EfsAccessPointLogs'}}
    },
  ),
]
