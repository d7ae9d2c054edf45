import {ACM} from '@aws-sdk/client-acm'
import {ApplicationAutoScaling} from '@aws-sdk/client-application-auto-scaling'
import {CloudFront, type GetDistributionConfigCommandOutput} from '@aws-sdk/client-cloudfront'
import {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs'
import {CodeBuild} from '@aws-sdk/client-codebuild'
import {EC2} from '@aws-sdk/client-ec2'
import {ECR} from '@aws-sdk/client-ecr'
import {ECS} from '@aws-sdk/client-ecs'
import {EFS} from '@aws-sdk/client-efs'
import {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import {IAM} from '@aws-sdk/client-iam'
import {KMS} from '@aws-sdk/client-kms'
import {RDS} from '@aws-sdk/client-rds'
import {type ResourceRecordSet, Route53} from '@aws-sdk/client-route-53'
import {SecretsManager} from '@aws-sdk/client-secrets-manager'
import {SSM} from '@aws-sdk/client-ssm'
import type {DrillAccount} from '../harness/account.js'

/** What a damage has at hand: the physical ids that the stacks have, and time. */
export interface Fixture {
  account: DrillAccount
  /** Of a resource, by its logical id. */
  id(logicalId: string): string
}

/** Something that a person does by hand, beside the stacks. docs/states.md has a resource for each. */
export interface Damage {
  /** As the page calls it, and unique. */
  name: string
  do(fixture: Fixture): Promise<unknown>
  /** The logical id that verify names, and what it says of it. */
  names: string
  says: RegExp
  /** How the page says it comes back: by `deploy --repair`, by that with --accept-loss, or by the command that begins so. */
  back: '--repair' | '--accept-loss' | 'mcpgw deploy' | 'mcpgw deploy --replace' | `aws ${string}`
  /** What is lost, in the page's words; a dash where nothing is. */
  lost: string
}

const gone = /does not exist/

type DistributionConfig = NonNullable<GetDistributionConfigCommandOutput['DistributionConfig']>

async function changeDistribution(
  {account, id}: Fixture,
  logicalId: string,
  change: (config: DistributionConfig) => DistributionConfig,
): Promise<void> {
  const cloudFront = new CloudFront(account.clientConfig)
  const Id = id(logicalId)
  const {ETag, DistributionConfig} = await cloudFront.getDistributionConfig({Id})
  if (DistributionConfig === undefined) throw new Error('no configuration')
  await cloudFront.updateDistribution({Id, IfMatch: ETag, DistributionConfig: change(DistributionConfig)})
}

/** A role goes only without its policies. */
async function deleteRole({account, id}: Fixture, logicalId: string): Promise<void> {
  const iam = new IAM(account.clientConfig)
  const RoleName = id(logicalId)
  const {AttachedPolicies = []} = await iam.listAttachedRolePolicies({RoleName})
  for (const {PolicyArn} of AttachedPolicies) await iam.detachRolePolicy({RoleName, PolicyArn})
  const {PolicyNames = []} = await iam.listRolePolicies({RoleName})
  for (const PolicyName of PolicyNames) await iam.deleteRolePolicy({RoleName, PolicyName})
  await iam.deleteRole({RoleName})
}

async function deleteService({account, id}: Fixture, logicalId: string): Promise<void> {
  const [, cluster, service] = id(logicalId).split('/')
  await new ECS(account.clientConfig).deleteService({cluster, service, force: true})
  await account.pass(600)
}

function scale({account, id}: Fixture, logicalId: string, desiredCount: number) {
  const [, cluster, service] = id(logicalId).split('/')
  return new ECS(account.clientConfig).updateService({cluster, service, desiredCount})
}

/** Longer than a database, or what EFS has, takes to go. */
const goneAfterSeconds = 20 * 60

async function deleteDatabase({account, id}: Fixture, whole: boolean): Promise<void> {
  const rds = new RDS(account.clientConfig)
  await rds.deleteDBInstance({DBInstanceIdentifier: id('DatabaseWriter')})
  if (whole) {
    const DBClusterIdentifier = id('DatabaseCluster')
    await rds.modifyDBCluster({DBClusterIdentifier, DeletionProtection: false})
    await rds.deleteDBCluster({DBClusterIdentifier, SkipFinalSnapshot: true})
  }
  await account.pass(goneAfterSeconds)
}

async function deleteFileSystem({account, id}: Fixture): Promise<void> {
  const efs = new EFS(account.clientConfig)
  const FileSystemId = id('FileSystem')
  const {MountTargets = []} = await efs.describeMountTargets({FileSystemId})
  for (const {MountTargetId} of MountTargets) await efs.deleteMountTarget({MountTargetId})
  await account.pass(goneAfterSeconds)
  await efs.deleteFileSystem({FileSystemId})
  await account.pass(goneAfterSeconds)
}

const elb = ({account}: Fixture) => new ElasticLoadBalancingV2(account.clientConfig)

/** As somebody does who sees that it is missing, in the console or with the AWS CLI. */
async function makeListenerByHand(fixture: Fixture, TargetGroupArn: string): Promise<void> {
  await elb(fixture).createListener({
    LoadBalancerArn: fixture.id('MainAlb'),
    Protocol: 'HTTP',
    Port: 7860,
    DefaultActions: [{Type: 'forward', TargetGroupArn}],
  })
}

/** What somebody made by hand has the place of what CloudFormation is to make again. */
const madeByHand: readonly Damage[] = [
  {
    name: 'listener deleted, then recreated manually',
    async do(fixture) {
      await elb(fixture).deleteListener({ListenerArn: fixture.id('GradioListener')})
      await makeListenerByHand(fixture, fixture.id('GradioTargetGroup'))
    },
    names: 'GradioListener',
    says: gone,
    back: 'aws elbv2 delete-listener',
    lost: '-',
  },
  {
    name: 'listener rule deleted, then recreated manually',
    async do(fixture) {
      const RuleArn = fixture.id('KeycloakMetricsRule')
      const {Rules: [rule] = []} = await elb(fixture).describeRules({RuleArns: [RuleArn]})
      await elb(fixture).deleteRule({RuleArn})
      await elb(fixture).createRule({
        ListenerArn: RuleArn.replace(':listener-rule/', ':listener/').replace(/\/[^/]*$/, ''),
        Priority: Number(rule?.Priority),
        Conditions: [{Field: 'path-pattern', Values: ['/elsewhere']}],
        Actions: rule?.Actions,
      })
    },
    names: 'KeycloakMetricsRule',
    says: gone,
    back: 'aws elbv2 delete-rule',
    lost: '-',
  },
  {
    name: 'target group and its listener deleted, then both recreated manually',
    async do(fixture) {
      const {account, id} = fixture
      const {TargetGroups: [group] = []} = await elb(fixture).describeTargetGroups({
        TargetGroupArns: [id('GradioTargetGroup')],
      })
      await elb(fixture).deleteListener({ListenerArn: id('GradioListener')})
      await elb(fixture).deleteTargetGroup({TargetGroupArn: id('GradioTargetGroup')})
      const {TargetGroups: [made] = []} = await elb({account, id}).createTargetGroup({
        ...{Name: group?.TargetGroupName, VpcId: group?.VpcId, TargetType: 'ip'},
        ...{Protocol: 'HTTP', Port: group?.Port},
      })
      await makeListenerByHand(fixture, made?.TargetGroupArn ?? '')
    },
    names: 'GradioTargetGroup',
    says: gone,
    back: 'aws elbv2 delete-listener',
    lost: '-',
  },
  {
    name: 'security group rule removed, then recreated manually',
    async do({account, id}) {
      const ec2 = new EC2(account.clientConfig)
      const GroupId = id('EcsTasksSecurityGroup')
      const SecurityGroupRuleIds = [id('EcsTasksRegistryFromMainAlb')]
      await ec2.revokeSecurityGroupIngress({GroupId, SecurityGroupRuleIds})
      const UserIdGroupPairs = [{GroupId: id('MainAlbSecurityGroup')}]
      await ec2.authorizeSecurityGroupIngress({
        GroupId,
        IpPermissions: [{IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs}],
      })
    },
    names: 'EcsTasksRegistryFromMainAlb',
    says: gone,
    back: 'aws ec2 revoke-security-group-ingress',
    lost: '-',
  },
  {
    name: 'secret deleted without recovery, then recreated manually',
    async do({account, id}) {
      const secrets = new SecretsManager(account.clientConfig)
      const SecretId = id('KeycloakClientSecret')
      const {Name} = await secrets.describeSecret({SecretId})
      await secrets.deleteSecret({SecretId, ForceDeleteWithoutRecovery: true})
      await secrets.createSecret({Name, SecretString: 'made by hand'})
    },
    names: 'KeycloakClientSecret',
    says: gone,
    back: 'aws secretsmanager delete-secret',
    lost: 'its value and that of the one created manually: a new one is generated',
  },
]

/** Takes the record of the registry away, and puts another one in its place where there is one. */
async function changeRecord({account, id}: Fixture, instead?: ResourceRecordSet): Promise<void> {
  const route53 = new Route53(account.clientConfig)
  const {HostedZones: [zone] = []} = await route53.listHostedZones({})
  const HostedZoneId = zone?.Id ?? ''
  const Name = `${id('RegistryRecord')}.`
  const {ResourceRecordSets = []} = await route53.listResourceRecordSets({
    HostedZoneId,
    StartRecordName: Name,
  })
  const ResourceRecordSet = ResourceRecordSets.find(each => each.Name === Name && each.Type === 'A')
  if (ResourceRecordSet === undefined) throw new Error(`no record ${Name}`)
  const made = instead && {Action: 'CREATE' as const, ResourceRecordSet: {...instead, Name}}
  const Changes = [{Action: 'DELETE' as const, ResourceRecordSet}, ...(made ? [made] : [])]
  await route53.changeResourceRecordSets({HostedZoneId, ChangeBatch: {Changes}})
}

/** What only an environment with a domain has. */
export const damagesOfDomain: readonly Damage[] = [
  {
    name: 'certificate and its listener deleted (with a domain)',
    async do(fixture) {
      const LoadBalancerArn = fixture.id('KeycloakAlb')
      const {Listeners = []} = await elb(fixture).describeListeners({LoadBalancerArn})
      const CertificateArn = fixture.id('KeycloakCertificate')
      const users = Listeners.filter(({Certificates = []}) =>
        Certificates.some(each => each.CertificateArn === CertificateArn),
      )
      for (const {ListenerArn} of users) await elb(fixture).deleteListener({ListenerArn})
      await new ACM(fixture.account.clientConfig).deleteCertificate({CertificateArn})
    },
    names: 'KeycloakCertificate',
    says: gone,
    back: 'mcpgw deploy --replace',
    lost: 'everything: users and their passwords, and all registrations',
  },
  {
    name: 'certificate of a listener exchanged (with a domain)',
    async do(fixture) {
      const LoadBalancerArn = fixture.id('MainAlb')
      const {Listeners = []} = await elb(fixture).describeListeners({LoadBalancerArn})
      const {ListenerArn} = Listeners.find(({Port}) => Port === 443) ?? {}
      const Certificates = [{CertificateArn: fixture.id('KeycloakCertificate')}]
      await elb(fixture).modifyListener({ListenerArn, Certificates})
    },
    names: 'MainHttpsListener',
    says: /has certificate [0-9a-f-]+, not [0-9a-f-]+ of its stack: someone exchanged it/,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'DNS record deleted (with a domain)',
    do: fixture => changeRecord(fixture),
    names: 'RegistryRecord',
    says: gone,
    back: 'aws route53 change-resource-record-sets',
    lost: '-',
  },
  {
    name: 'DNS record changed (with a domain)',
    do: fixture =>
      changeRecord(fixture, {
        ...{Name: undefined, Type: 'A', TTL: 300, ResourceRecords: [{Value: '192.0.2.1'}]},
      }),
    names: 'RegistryRecord',
    says: /does not lead where its stack says: it leads to 192\.0\.2\.1, not to \S+\.elb\.amazonaws\.com/,
    back: 'aws route53 change-resource-record-sets',
    lost: '-',
  },
  {
    name: 'DNS record replaced by a CNAME (with a domain)',
    do: fixture =>
      changeRecord(fixture, {
        ...{Name: undefined, Type: 'CNAME', TTL: 300, ResourceRecords: [{Value: 'old.example.com'}]},
      }),
    names: 'RegistryRecord',
    says: /it is a CNAME of old\.example\.com/,
    back: 'aws route53 change-resource-record-sets',
    lost: '-',
  },
]

export const damages: readonly Damage[] = [
  {
    name: 'route deleted',
    do: ({account, id}) => {
      const [RouteTableId, DestinationCidrBlock] = id('PrivateDefaultRoute1').split('|')
      return new EC2(account.clientConfig).deleteRoute({RouteTableId, DestinationCidrBlock})
    },
    names: 'PrivateDefaultRoute1',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'route table association of a subnet removed',
    do: ({account, id}) =>
      new EC2(account.clientConfig).disassociateRouteTable({AssociationId: id('PrivateSubnet2Routes')}),
    names: 'PrivateSubnet2Routes',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'log group deleted',
    do: ({account, id}) =>
      new CloudWatchLogs(account.clientConfig).deleteLogGroup({logGroupName: id('RegistryLogGroup')}),
    names: 'RegistryLogGroup',
    says: gone,
    back: '--repair',
    lost: 'its contents',
  },
  {
    name: 'role deleted',
    do: fixture => deleteRole(fixture, 'AppTaskExecutionRole'),
    names: 'AppTaskExecutionRole',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'policy detached from a role',
    do: ({account, id}) =>
      new IAM(account.clientConfig).detachRolePolicy({RoleName: id('TaskRole'), PolicyArn: id('ExecPolicy')}),
    names: 'TaskRole',
    says: /:policy\/.* is no longer attached/,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'inline policy of a role deleted',
    do: ({account, id}) => {
      const [PolicyName, RoleName] = id('AppExecutionPolicy').split('|')
      return new IAM(account.clientConfig).deleteRolePolicy({RoleName, PolicyName})
    },
    names: 'AppExecutionPolicy',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'listener deleted',
    do: ({account, id}) =>
      new ElasticLoadBalancingV2(account.clientConfig).deleteListener({ListenerArn: id('GradioListener')}),
    names: 'GradioListener',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'listener rule deleted',
    do: ({account, id}) =>
      new ElasticLoadBalancingV2(account.clientConfig).deleteRule({RuleArn: id('KeycloakMetricsRule')}),
    names: 'KeycloakMetricsRule',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'target group deleted, with its listener',
    async do({account, id}) {
      const elb = new ElasticLoadBalancingV2(account.clientConfig)
      await elb.deleteListener({ListenerArn: id('GradioListener')})
      await elb.deleteTargetGroup({TargetGroupArn: id('GradioTargetGroup')})
    },
    names: 'GradioTargetGroup',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'access point deleted',
    async do({account, id}) {
      await new EFS(account.clientConfig).deleteAccessPoint({AccessPointId: id('LogsAccessPoint')})
      await account.pass(goneAfterSeconds)
    },
    names: 'LogsAccessPoint',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'VPC endpoint deleted',
    do: async ({account, id}) => {
      await new EC2(account.clientConfig).deleteVpcEndpoints({VpcEndpointIds: [id('S3Endpoint')]})
      await account.pass(120)
    },
    names: 'S3Endpoint',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'task definition deregistered',
    do: ({account, id}) =>
      new ECS(account.clientConfig).deregisterTaskDefinition({taskDefinition: id('RegistryTaskDefinition')}),
    names: 'RegistryTaskDefinition',
    says: /^It is INACTIVE .*: someone deregistered it outside CloudFormation/,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'database deregistered from its proxy',
    do: async ({account, id}) => {
      await new RDS(account.clientConfig).deregisterDBProxyTargets({
        DBProxyName: id('DatabaseProxy'),
        DBClusterIdentifiers: [id('DatabaseCluster')],
      })
    },
    names: 'DatabaseProxyTargetGroup',
    says: /leads to no database/,
    back: 'aws rds register-db-proxy-targets',
    lost: '-',
  },
  {
    name: 'mount target deleted',
    async do({account, id}) {
      await new EFS(account.clientConfig).deleteMountTarget({MountTargetId: id('FileSystemMountTarget1')})
      await account.pass(goneAfterSeconds)
    },
    names: 'FileSystemMountTarget1',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'service deleted',
    do: fixture => deleteService(fixture, 'McpgwService'),
    names: 'McpgwService',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'service with a fixed task count scaled',
    do: fixture => scale(fixture, 'CurrentTimeService', 3),
    names: 'CurrentTimeService',
    says: /desired count is 3 tasks, not 1/,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'auto-scaled service scaled to zero',
    do: fixture => scale(fixture, 'RegistryService', 0),
    names: 'RegistryService',
    says: /desired count is 0 tasks, which is outside its limits/,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'task definition of a service changed',
    do({account, id}) {
      const [, cluster, service] = id('CurrentTimeService').split('/')
      const taskDefinition = id('RealServerFakeToolsTaskDefinition')
      return new ECS(account.clientConfig).updateService({cluster, service, taskDefinition})
    },
    names: 'CurrentTimeService',
    says: /runs tasks of .*realserverfaketools.*, not of .*currenttime/,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'scalable target deregistered',
    do({account, id}) {
      const [ResourceId] = id('RegistryScalableTarget').split('|')
      return new ApplicationAutoScaling(account.clientConfig).deregisterScalableTarget({
        ...{ServiceNamespace: 'ecs', ResourceId, ScalableDimension: 'ecs:service:DesiredCount'},
      })
    },
    names: 'RegistryScalableTarget',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'cluster deleted, with its service',
    async do(fixture) {
      await deleteService(fixture, 'KeycloakService')
      await new ECS(fixture.account.clientConfig).deleteCluster({cluster: fixture.id('KeycloakEcsCluster')})
    },
    names: 'KeycloakEcsCluster',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'parameter deleted',
    do: ({account, id}) =>
      new SSM(account.clientConfig).deleteParameter({Name: id('KeycloakAdminParameter')}),
    names: 'KeycloakAdminParameter',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'image build project deleted',
    do: ({account, id}) =>
      new CodeBuild(account.clientConfig).deleteProject({name: id('ContainerBuildProject')}),
    names: 'ContainerBuildProject',
    says: gone,
    back: '--repair',
    lost: 'its build history',
  },
  {
    name: 'security group rule removed',
    do: ({account, id}) =>
      new EC2(account.clientConfig).revokeSecurityGroupIngress({
        GroupId: id('EcsTasksSecurityGroup'),
        SecurityGroupRuleIds: [id('EcsTasksRegistryFromMainAlb')],
      }),
    names: 'EcsTasksRegistryFromMainAlb',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'distribution disabled',
    do: fixture => changeDistribution(fixture, 'MainDistribution', config => ({...config, Enabled: false})),
    names: 'MainDistribution',
    says: /is disabled/,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'origin of a distribution changed',
    do: fixture =>
      changeDistribution(fixture, 'KeycloakDistribution', ({Origins, ...config}) => {
        const Items = Origins?.Items?.map(origin => ({...origin, DomainName: 'old.example.com'})) ?? []
        return {...config, Origins: {Quantity: Items.length, Items}}
      }),
    names: 'KeycloakDistribution',
    says: /does not lead where its stack says: its origin alb is old\.example\.com, not \S+/,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'cache behavior of a distribution pointed to another origin',
    do: fixture =>
      changeDistribution(fixture, 'KeycloakDistribution', ({Origins, DefaultCacheBehavior, ...config}) => {
        const [origin] = Origins?.Items ?? []
        const Items = origin ? [origin, {...origin, Id: 'other', DomainName: 'other.example.com'}] : []
        const behavior = DefaultCacheBehavior && {...DefaultCacheBehavior, TargetOriginId: 'other'}
        return {...config, Origins: {Quantity: Items.length, Items}, DefaultCacheBehavior: behavior}
      }),
    names: 'KeycloakDistribution',
    says: /requests for \* go to origin other, not to origin alb/,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'database instance deleted, but not its cluster',
    do: fixture => deleteDatabase(fixture, false),
    names: 'DatabaseWriter',
    says: gone,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'secret scheduled for deletion',
    do: ({account, id}) =>
      new SecretsManager(account.clientConfig).deleteSecret({SecretId: id('KeycloakClientSecret')}),
    names: 'KeycloakClientSecret',
    says: /scheduled for deletion/,
    back: 'aws secretsmanager restore-secret',
    lost: '-',
  },
  {
    name: 'key scheduled for deletion',
    do: ({account, id}) => new KMS(account.clientConfig).scheduleKeyDeletion({KeyId: id('DatabaseKey')}),
    names: 'DatabaseKey',
    says: /scheduled for deletion/,
    back: 'aws kms cancel-key-deletion',
    lost: '-',
  },
  {
    name: 'secret deleted without recovery',
    do: ({account, id}) =>
      new SecretsManager(account.clientConfig).deleteSecret({
        SecretId: id('KeycloakClientSecret'),
        ForceDeleteWithoutRecovery: true,
      }),
    names: 'KeycloakClientSecret',
    says: gone,
    back: '--accept-loss',
    lost: 'its value: a new one is generated',
  },
  {
    name: 'repository deleted',
    do: ({account, id}) =>
      new ECR(account.clientConfig).deleteRepository({
        repositoryName: id('CurrentTimeRepository'),
        force: true,
      }),
    names: 'CurrentTimeRepository',
    says: gone,
    back: '--accept-loss',
    lost: 'its images: they are built or imported again',
  },
  {
    name: 'database deleted',
    do: fixture => deleteDatabase(fixture, true),
    names: 'DatabaseCluster',
    says: gone,
    back: '--accept-loss',
    lost: 'the realm, its users and their passwords',
  },
  {
    name: 'file system deleted',
    do: deleteFileSystem,
    names: 'FileSystem',
    says: gone,
    back: '--accept-loss',
    lost: 'everything in it, such as registered servers',
  },
  {
    name: 'listener forwards to another target',
    do: fixture =>
      elb(fixture).modifyListener({
        ListenerArn: fixture.id('GradioListener'),
        DefaultActions: [{Type: 'forward', TargetGroupArn: fixture.id('AuthTargetGroup')}],
      }),
    names: 'GradioListener',
    says: /does not send where its stack says/,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'listener port changed',
    do: fixture => elb(fixture).modifyListener({ListenerArn: fixture.id('GradioListener'), Port: 7861}),
    names: 'GradioListener',
    says: /does not listen on port 7860/,
    back: '--repair',
    lost: '-',
  },
  {
    name: 'image deleted from a repository',
    do: ({account, id}) =>
      new ECR(account.clientConfig).batchDeleteImage({
        repositoryName: id('CurrentTimeRepository'),
        imageIds: [{imageTag: 'latest'}],
      }),
    names: 'CurrentTimeRepository',
    says: /lacks mcp-gateway-currenttime:latest/,
    back: 'mcpgw deploy',
    lost: 'the image: it is built or imported again',
  },
  {
    name: 'load balancer deleted, with its listeners',
    do: fixture => elb(fixture).deleteLoadBalancer({LoadBalancerArn: fixture.id('KeycloakAlb')}),
    names: 'KeycloakAlb',
    says: gone,
    back: '--repair',
    lost: 'its DNS name; the distribution is updated with the new one',
  },
  {
    name: 'key deleted permanently',
    async do({account, id}) {
      await new KMS(account.clientConfig).scheduleKeyDeletion({
        KeyId: id('DatabaseKey'),
        PendingWindowInDays: 7,
      })
      await account.pass(8 * 86_400)
    },
    names: 'DatabaseKey',
    says: gone,
    back: 'mcpgw deploy --replace',
    lost: 'everything: users and their passwords, and all registrations; the addresses change',
  },
  ...madeByHand,
]
