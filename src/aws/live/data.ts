import {isNamed} from '../errors.js'
import {allPages, batches, unlessAbsent} from '../pages.js'
import {type LiveState, type Look, there, thereOf} from './state.js'

const secrets: Look = async clients => {
  const sdk = await clients.secrets()
  const all = await allPages(async token => {
    const page = await sdk.listSecrets({IncludePlannedDeletion: true, MaxResults: 100, NextToken: token})
    return {items: page.SecretList, token: page.NextToken}
  })
  return new Map(
    all.map(({ARN = '', DeletedDate, SecretVersionsToStages: stages = {}}): [string, LiveState] => {
      if (DeletedDate !== undefined) return [ARN, {is: 'deleting', since: DeletedDate.getTime()}]
      const hasValue = Object.values(stages).some(names => names.includes('AWSCURRENT'))
      return [ARN, hasValue ? there : {is: 'empty'}]
    }),
  )
}

const clusters: Look = async clients => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBClusters({Marker: token})
    return {items: page.DBClusters, token: page.Marker}
  })
  return thereOf(all.map(({DBClusterIdentifier}) => DBClusterIdentifier))
}

const instances: Look = async clients => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBInstances({Marker: token})
    return {items: page.DBInstances, token: page.Marker}
  })
  return thereOf(all.map(({DBInstanceIdentifier}) => DBInstanceIdentifier))
}

const proxies: Look = async clients => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBProxies({Marker: token})
    return {items: page.DBProxies, token: page.Marker}
  })
  return thereOf(all.map(({DBProxyName}) => DBProxyName))
}

/** Of every proxy, because a target group does not name its own: one call for its group, one for what is in it. */
const proxyTargets: Look = async (clients, ids, wanted) => {
  const rds = await clients.rds()
  const names = [...(await proxies(clients, ids, wanted)).keys()]
  const found = await Promise.all(
    names.map(async (DBProxyName): Promise<readonly [string, LiveState][]> => {
      const {TargetGroups = []} = await rds.describeDBProxyTargetGroups({DBProxyName})
      const own = TargetGroups.flatMap(({TargetGroupArn: arn}) =>
        ids.some(id => id === arn) ? (arn ?? []) : [],
      )
      if (own.length === 0) return []
      const {Targets = []} = await rds.describeDBProxyTargets({DBProxyName})
      const state: LiveState = Targets.length > 0 ? there : {is: 'untargeted', proxy: DBProxyName}
      return own.map(arn => [arn, state])
    }),
  )
  return new Map(found.flat())
}

/** A filter takes fifty values. Source: Systems Manager API reference, ParameterStringFilter. */
const parameters: Look = async (clients, ids) => {
  const ssm = await clients.ssm()
  const found = await Promise.all(
    batches(ids, 50).map(batch =>
      allPages(async token => {
        const ParameterFilters = [{Key: 'Name', Option: 'Equals', Values: [...batch]}]
        const page = await ssm.describeParameters({ParameterFilters, MaxResults: 50, NextToken: token})
        return {items: page.Parameters, token: page.NextToken}
      }),
    ),
  )
  return thereOf(found.flat().map(({Name}) => Name))
}

const keys: Look = async (clients, ids) => {
  const kms = await clients.kms()
  const found = await Promise.all(
    ids.map(async (id): Promise<[string, LiveState] | undefined> => {
      const answer = await unlessAbsent(
        () => kms.describeKey({KeyId: id}),
        error => isNamed(error, 'NotFoundException'),
        undefined,
      )
      const state = answer?.KeyMetadata?.KeyState
      if (state === undefined) return undefined
      if (state === 'PendingDeletion') return [id, {is: 'deleting'}]
      return [id, state === 'Disabled' ? {is: 'disabled'} : there]
    }),
  )
  return new Map(found.flatMap(entry => (entry === undefined ? [] : [entry])))
}

const fileSystems: Look = async clients => {
  const efs = await clients.efs()
  const all = await allPages(async token => {
    const page = await efs.describeFileSystems({Marker: token})
    return {items: page.FileSystems, token: page.NextMarker}
  })
  return thereOf(
    all.filter(({LifeCycleState}) => LifeCycleState !== 'deleted').map(({FileSystemId}) => FileSystemId),
  )
}

const accessPoints: Look = async clients => {
  const efs = await clients.efs()
  const all = await allPages(async token => {
    const page = await efs.describeAccessPoints({NextToken: token})
    return {items: page.AccessPoints, token: page.NextToken}
  })
  return thereOf(all.map(({AccessPointId}) => AccessPointId))
}

/** One by one: a list of them is to be had of a file system only, which a mount target does not name. */
const mountTargets: Look = async (clients, ids) => {
  const efs = await clients.efs()
  const found = await Promise.all(
    ids.map(async id => {
      const answer = await unlessAbsent(
        () => efs.describeMountTargets({MountTargetId: id}),
        error => isNamed(error, 'MountTargetNotFound'),
        undefined,
      )
      return answer?.MountTargets ?? []
    }),
  )
  return thereOf(found.flat().map(({MountTargetId}) => MountTargetId))
}

export const dataLooks: Readonly<Record<string, Look>> = {
  'AWS::SecretsManager::Secret': secrets,
  'AWS::RDS::DBCluster': clusters,
  'AWS::RDS::DBInstance': instances,
  'AWS::RDS::DBProxy': proxies,
  'AWS::RDS::DBProxyTargetGroup': proxyTargets,
  'AWS::SSM::Parameter': parameters,
  'AWS::KMS::Key': keys,
  'AWS::EFS::FileSystem': fileSystems,
  'AWS::EFS::AccessPoint': accessPoints,
  'AWS::EFS::MountTarget': mountTargets,
}
