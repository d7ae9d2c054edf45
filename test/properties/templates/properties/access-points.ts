import {referenceIn} from '../../../../src/parity/templates/references.js'
import {differs, judgeEach, located, type Property, placeOf, tooFew} from '../property.js'
import {taskDefinitions} from '../tasks.js'

const paths = ['/servers', '/models', '/logs', '/agents', '/auth_config', '/mcpgw_data']

/**
 * Property 5. The access points fix user and group, and make their folder for them when it is missing; a volume that
 * went around them would write as whoever the image runs as.
 */
export const accessPoints: Property = {
  id: 'access-points',
  title: 'every access point acts as POSIX user 1000:1000, and every volume goes through one',
  violations({deployed}) {
    const points = deployed.resources('AWS::EFS::AccessPoint')
    const volumes = taskDefinitions(deployed).flatMap(definition =>
      (definition.properties.Volumes ?? []).map((volume: unknown) => ({definition, volume})),
    )
    return [
      ...judgeEach(points, {atLeast: paths.length, what: 'access points'}, ({properties}) => {
        const {PosixUser: user, RootDirectory: root} = properties
        return [
          differs('PosixUser', user, {Uid: '1000', Gid: '1000'}),
          !paths.includes(root?.Path) && `nobody expects an access point for ${root?.Path}`,
          differs('CreationInfo', root?.CreationInfo, {
            OwnerUid: '1000',
            OwnerGid: '1000',
            Permissions: '755',
          }),
          deployed.resource(referenceIn(properties.FileSystemId))?.type !== 'AWS::EFS::FileSystem' &&
            `${properties.FileSystemId} is no file system`,
        ]
      }),
      ...paths.flatMap(path => {
        const serving = points.filter(({properties}) => properties.RootDirectory?.Path === path)
        return serving.length === 1 ? [] : [`${serving.length} access points for ${path}`]
      }),
      ...tooFew(volumes, 11, 'volumes'),
      ...volumes.flatMap(({definition, volume}) => {
        const {
          FilesystemId: fileSystem,
          TransitEncryption: encryption,
          ...efs
        } = volume.EFSVolumeConfiguration ?? {}
        const point = deployed.resource(referenceIn(efs.AuthorizationConfig?.AccessPointId))
        return located(`${placeOf(definition)} volume ${volume.Name}`, [
          point?.type !== 'AWS::EFS::AccessPoint' && 'it goes through no access point',
          point && differs('its file system', fileSystem, point.properties.FileSystemId),
          // An access point is refused without it.
          differs('TransitEncryption', encryption, 'ENABLED'),
          efs.RootDirectory && 'it names a folder of its own',
        ])
      }),
    ]
  },
}
