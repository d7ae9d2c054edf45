import type {Clients} from './clients.js'
import {shell} from './command-line.js'
import {allPages} from './pages.js'

/** What has to be known of a resource, beside its ARN, for the commands that delete it. */
export interface DeletionContents {
  /** What goes before it, because AWS does not delete it otherwise: command lines without `aws`. */
  readonly before: readonly string[]
  /** What the last command calls it by, where that is neither in its ARN nor said by whoever lists it. */
  readonly name?: string | undefined
}

export const nothingKnown: DeletionContents = {before: []}

type Target = Readonly<{arn: string; kind: string; name: string}>
type Read = (clients: Clients, target: Target) => Promise<DeletionContents>

/** Looks into a resource. What may not be read, or is gone, has nothing in it: AWS says so when the rest is deleted. */
export type ReadContents = (target: Target) => Promise<DeletionContents>

/** More of a bucket makes no command line that anybody pastes. */
const mostVersions = 100
/** A mount target goes within a minute or so, and AWS has no waiter for it; every shell has this command. */
const whileTargetsGo = 'sleep 90'

const scalableTarget: Read = async (clients, {arn}) => {
  const scaling = await clients.autoScaling()
  const all = await allPages(async token => {
    const page = await scaling.describeScalableTargets({ServiceNamespace: 'ecs', NextToken: token})
    return {items: page.ScalableTargets, token: page.NextToken}
  })
  return {before: [], name: all.find(({ScalableTargetARN}) => ScalableTargetARN === arn)?.ResourceId}
}

const proxy: Read = async (clients, {arn}) => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBProxies({Marker: token})
    return {items: page.DBProxies, token: page.Marker}
  })
  return {before: [], name: all.find(({DBProxyArn}) => DBProxyArn === arn)?.DBProxyName}
}

/** What runs in it, and its services until they have drained. */
const cluster: Read = async (clients, {arn}) => {
  const ecs = await clients.ecs()
  const {serviceArns = []} = await ecs.listServices({cluster: arn})
  const {taskArns = []} = await ecs.listTasks({cluster: arn})
  return {
    before: [
      ...serviceArns.map(one => shell`ecs delete-service --force --cluster ${arn} --service ${one}`),
      ...serviceArns.map(one => shell`ecs wait services-inactive --cluster ${arn} --services ${one}`),
      ...taskArns.map(one => shell`ecs stop-task --cluster ${arn} --task ${one}`),
      ...taskArns.map(one => shell`ecs wait tasks-stopped --cluster ${arn} --tasks ${one}`),
    ],
  }
}

const databaseCluster: Read = async (clients, {name}) => {
  const rds = await clients.rds()
  const {DBClusters = []} = await rds.describeDBClusters({DBClusterIdentifier: name})
  const members = DBClusters.flatMap(({DBClusterMembers = []}) => DBClusterMembers)
  return {
    before: members.map(
      ({DBInstanceIdentifier: id = ''}) =>
        shell`rds delete-db-instance --skip-final-snapshot --db-instance-identifier ${id}`,
    ),
  }
}

const fileSystem: Read = async (clients, {name}) => {
  const efs = await clients.efs()
  const {MountTargets = []} = await efs.describeMountTargets({FileSystemId: name})
  const before = MountTargets.map(
    ({MountTargetId: id = ''}) => shell`efs delete-mount-target --mount-target-id ${id}`,
  )
  return {before: before.length === 0 ? [] : [...before, whileTargetsGo]}
}

/** Every version of what is in it, which `s3 rb` would leave; in the AWS CLI's shorthand, which has no quotes of its own. */
const bucket: Read = async (clients, {name}) => {
  const s3 = await clients.s3()
  const {Versions = [], DeleteMarkers = [], IsTruncated} = await s3.listObjectVersions({Bucket: name})
  const all = [...Versions, ...DeleteMarkers].filter(({VersionId}) => VersionId !== 'null')
  const isPlain = all.every(({Key = ''}) => /^[\w .:@%+=/-]+$/.test(Key))
  if (all.length === 0 || all.length > mostVersions || IsTruncated || !isPlain) return nothingKnown
  const objects = all.map(({Key, VersionId}) => `{Key=${Key},VersionId=${VersionId}}`)
  const list = `Objects=[${objects.join(',')}],Quiet=true`
  return {before: [shell`s3api delete-objects --bucket ${name} --delete ${list}`]}
}

const role: Read = async (clients, {name}) => {
  const iam = await clients.iam()
  const RoleName = name.split('/').at(-1) ?? name
  const [{AttachedPolicies = []}, {PolicyNames = []}] = await Promise.all([
    iam.listAttachedRolePolicies({RoleName}),
    iam.listRolePolicies({RoleName}),
  ])
  return {
    before: [
      ...AttachedPolicies.map(
        ({PolicyArn = ''}) => shell`iam detach-role-policy --role-name ${RoleName} --policy-arn ${PolicyArn}`,
      ),
      ...PolicyNames.map(
        policy => shell`iam delete-role-policy --role-name ${RoleName} --policy-name ${policy}`,
      ),
    ],
  }
}

/** Rules of other groups name it. */
const securityGroup: Read = async (clients, {name}) => {
  const ec2 = await clients.ec2()
  const all = await allPages(async token => {
    const page = await ec2.describeSecurityGroupRules({NextToken: token})
    return {items: page.SecurityGroupRules, token: page.NextToken}
  })
  const naming = all.filter(({ReferencedGroupInfo}) => ReferencedGroupInfo?.GroupId === name)
  return {
    before: naming.map(({GroupId = '', SecurityGroupRuleId: id = '', IsEgress}) => {
      const options = shell`--group-id ${GroupId} --security-group-rule-ids ${id}`
      return `ec2 revoke-security-group-${IsEgress ? 'egress' : 'ingress'} ${options}`
    }),
  }
}

const routeTable: Read = async (clients, {name}) => {
  const ec2 = await clients.ec2()
  const {RouteTables = []} = await ec2.describeRouteTables({RouteTableIds: [name]})
  const associations = RouteTables.flatMap(({Associations = []}) => Associations).filter(({Main}) => !Main)
  return {
    before: associations.map(
      ({RouteTableAssociationId: id = ''}) => shell`ec2 disassociate-route-table --association-id ${id}`,
    ),
  }
}

const internetGateway: Read = async (clients, {name}) => {
  const ec2 = await clients.ec2()
  const {InternetGateways = []} = await ec2.describeInternetGateways({InternetGatewayIds: [name]})
  const vpcs = InternetGateways.flatMap(({Attachments = []}) => Attachments)
  return {
    before: vpcs.map(
      ({VpcId: vpc = ''}) => shell`ec2 detach-internet-gateway --internet-gateway-id ${name} --vpc-id ${vpc}`,
    ),
  }
}

const readers: Readonly<Record<string, Read>> = {
  'application-autoscaling:scalable-target': scalableTarget,
  'ecs:cluster': cluster,
  'rds:db-proxy': proxy,
  'rds:cluster': databaseCluster,
  'elasticfilesystem:file-system': fileSystem,
  's3:bucket': bucket,
  'iam:role': role,
  'ec2:security-group': securityGroup,
  'ec2:route-table': routeTable,
  'ec2:internet-gateway': internetGateway,
}

/** The kinds that are looked into. */
export const kindsWithContents: readonly string[] = Object.keys(readers)

export function createDeletionContents(clients: Clients): ReadContents {
  return async target => {
    const read = Object.hasOwn(readers, target.kind) ? readers[target.kind] : undefined
    return read === undefined ? nothingKnown : read(clients, target).catch(() => nothingKnown)
  }
}
