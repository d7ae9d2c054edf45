import {CloudControl} from '@aws-sdk/client-cloudcontrol'
import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs'
import {CodeBuild} from '@aws-sdk/client-codebuild'
import {EC2} from '@aws-sdk/client-ec2'
import {ECR} from '@aws-sdk/client-ecr'
import {ECS} from '@aws-sdk/client-ecs'
import {EFS} from '@aws-sdk/client-efs'
import {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import {IAM} from '@aws-sdk/client-iam'
import {KMS} from '@aws-sdk/client-kms'
import {Lambda} from '@aws-sdk/client-lambda'
import {RDS} from '@aws-sdk/client-rds'
import {type Change, Route53} from '@aws-sdk/client-route-53'
import {S3} from '@aws-sdk/client-s3'
import {SecretsManager} from '@aws-sdk/client-secrets-manager'
import {SSM} from '@aws-sdk/client-ssm'
import type {DrillAccount} from './account.js'
import {wordsOf} from './words.js'

/** Long enough for what such a command starts. */
const afterwardsSeconds = 3600

/**
 * Runs a command line of the AWS CLI that mcpgw advised, as far as its advice goes, with the SDK, and waits until what
 * it started has ended. Nothing of mcpgw is asked.
 */
export async function runAwsCommand(account: DrillAccount, line: string): Promise<undefined> {
  const lines = line.split('; ')
  if (lines.length > 1) {
    for (const one of lines) if (!one.startsWith('sleep ')) await runAwsCommand(account, one)
    return
  }
  const {service, operation, values} = parsed(line)
  const elb = () => new ElasticLoadBalancingV2(account.clientConfig)
  const cloudFormation = new CloudFormation(account.clientConfig)
  const StackName = values['stack-name'] ?? ''
  switch (`${service} ${operation}`) {
    case 'cloudformation continue-update-rollback':
      await cloudFormation.continueUpdateRollback({
        StackName,
        ResourcesToSkip: /--resources-to-skip ((?:[\w.-]+ ?)+?)(?= --|$)/.exec(line)?.[1]?.split(' '),
      })
      break
    case 'cloudformation rollback-stack':
      await cloudFormation.rollbackStack({StackName})
      break
    case 'cloudformation update-termination-protection':
      await cloudFormation.updateTerminationProtection({StackName, EnableTerminationProtection: false})
      break
    case 'ecs update-service':
      await new ECS(account.clientConfig).updateService({
        cluster: values.cluster,
        service: values.service,
        desiredCount: Number(values['desired-count']),
      })
      break
    case 'secretsmanager restore-secret':
      await new SecretsManager(account.clientConfig).restoreSecret({SecretId: values['secret-id']})
      break
    case 'kms cancel-key-deletion':
      await new KMS(account.clientConfig).cancelKeyDeletion({KeyId: values['key-id']})
      break
    case 'kms enable-key':
      await new KMS(account.clientConfig).enableKey({KeyId: values['key-id']})
      break
    case 'route53 change-resource-record-sets':
      await new Route53(account.clientConfig).changeResourceRecordSets({
        HostedZoneId: values['hosted-zone-id'],
        ChangeBatch: {Changes: changesIn(values['change-batch'] ?? '')},
      })
      break
    case 'elbv2 delete-listener':
      await elb().deleteListener({ListenerArn: values['listener-arn']})
      break
    case 'elbv2 delete-rule':
      await elb().deleteRule({RuleArn: values['rule-arn']})
      break
    case 'elbv2 delete-target-group':
      await elb().deleteTargetGroup({TargetGroupArn: values['target-group-arn']})
      break
    case 'efs delete-mount-target':
      await new EFS(account.clientConfig).deleteMountTarget({MountTargetId: values['mount-target-id']})
      break
    case 'ec2 revoke-security-group-ingress':
      await new EC2(account.clientConfig).revokeSecurityGroupIngress({
        GroupId: values['group-id'],
        SecurityGroupRuleIds: [values['security-group-rule-ids'] ?? ''],
      })
      break
    case 'ec2 revoke-security-group-egress':
      await new EC2(account.clientConfig).revokeSecurityGroupEgress({
        GroupId: values['group-id'],
        SecurityGroupRuleIds: [values['security-group-rule-ids'] ?? ''],
      })
      break
    case 'cloudcontrol delete-resource':
      await new CloudControl(account.clientConfig).deleteResource({
        TypeName: values['type-name'],
        Identifier: values.identifier,
      })
      break
    case 's3api delete-objects':
      // The bucket goes with all that is in it, below.
      break
    case 'logs delete-log-group':
      await new CloudWatchLogs(account.clientConfig).deleteLogGroup({logGroupName: values['log-group-name']})
      break
    case 'lambda delete-function':
      await new Lambda(account.clientConfig).deleteFunction({FunctionName: values['function-name']})
      break
    case 's3 rb':
      await removeBucket(account, /s3:\/\/(\S+)/.exec(line)?.[1] ?? '')
      break
    case 'secretsmanager delete-secret':
      await new SecretsManager(account.clientConfig).deleteSecret({
        SecretId: values['secret-id'],
        ForceDeleteWithoutRecovery: 'force-delete-without-recovery' in values,
      })
      break
    case 'rds copy-db-cluster-snapshot':
      await new RDS(account.clientConfig).copyDBClusterSnapshot({
        SourceDBClusterSnapshotIdentifier: values['source-db-cluster-snapshot-identifier'],
        TargetDBClusterSnapshotIdentifier: values['target-db-cluster-snapshot-identifier'],
      })
      break
    case 'rds delete-db-cluster-snapshot':
      await new RDS(account.clientConfig).deleteDBClusterSnapshot({
        DBClusterSnapshotIdentifier: values['db-cluster-snapshot-identifier'],
      })
      break
    case 'rds delete-db-cluster':
      await new RDS(account.clientConfig).deleteDBCluster({
        DBClusterIdentifier: values['db-cluster-identifier'],
        SkipFinalSnapshot: 'skip-final-snapshot' in values,
      })
      break
    case 'rds register-db-proxy-targets':
      await new RDS(account.clientConfig).registerDBProxyTargets({
        DBProxyName: values['db-proxy-name'],
        DBClusterIdentifiers: [values['db-cluster-identifiers'] ?? ''],
      })
      break
    case 'ec2 create-default-subnet':
      await new EC2(account.clientConfig).createDefaultSubnet({
        AvailabilityZone: values['availability-zone'],
      })
      break
    case 'kms delete-alias':
      await new KMS(account.clientConfig).deleteAlias({AliasName: values['alias-name']})
      break
    case 'ec2 delete-vpc-endpoints':
      await new EC2(account.clientConfig).deleteVpcEndpoints({
        VpcEndpointIds: [values['vpc-endpoint-ids'] ?? ''],
      })
      break
    case 'ec2 delete-security-group':
      await new EC2(account.clientConfig).deleteSecurityGroup({GroupId: values['group-id']})
      break
    case 'ec2 delete-network-interface':
      await new EC2(account.clientConfig).deleteNetworkInterface({
        NetworkInterfaceId: values['network-interface-id'],
      })
      break
    case 'elbv2 modify-load-balancer-attributes':
      await elb().modifyLoadBalancerAttributes({
        LoadBalancerArn: values['load-balancer-arn'],
        Attributes: [attributeIn(values.attributes ?? '')],
      })
      break
    case 'rds modify-db-cluster':
      await new RDS(account.clientConfig).modifyDBCluster({
        DBClusterIdentifier: values['db-cluster-identifier'],
        ...('no-deletion-protection' in values && {DeletionProtection: false}),
      })
      break
    case 'ecr delete-repository':
      await new ECR(account.clientConfig).deleteRepository({
        repositoryName: values['repository-name'],
        force: 'force' in values,
      })
      break
    case 'codebuild delete-project':
      await new CodeBuild(account.clientConfig).deleteProject({name: values.name})
      break
    case 'rds wait':
      // Whatever is waited for has ended below.
      break
    case 'iam create-service-linked-role':
      await new IAM(account.clientConfig).createServiceLinkedRole({
        AWSServiceName: values['aws-service-name'],
      })
      break
    case 'ssm delete-parameter':
      await new SSM(account.clientConfig).deleteParameter({Name: values.name})
      break
    default:
      throw new Error(`No drill knows how to run: ${line}`)
  }
  await account.pass(afterwardsSeconds)
}

function parsed(line: string) {
  const [, service = '', operation = '', ...rest] = wordsOf(line)
  const values: Record<string, string> = {}
  for (const [index, word] of rest.entries()) {
    if (word.startsWith('--')) values[word.slice(2)] = rest[index + 1] ?? ''
  }
  return {service, operation, values}
}

/** `Changes=[…]` in the AWS CLI's shorthand, as the SDK has it: as JSON but without quotes. */
function changesIn(text: string): Change[] {
  const json = text
    .replace(/^Changes=/, '')
    .replace(/(\w+)=/g, '"$1":')
    .replace(/:(?!true|\d+[,}])([^"[{][^,}\]]*)/g, ':"$1"')
  return JSON.parse(json)
}

/** `Key=deletion_protection.enabled,Value=false` as the SDK has it. */
function attributeIn(text: string): {Key: string; Value: string} {
  const [, Key = '', Value = ''] = /^Key=([^,]+),Value=(.*)$/.exec(text) ?? []
  return {Key, Value}
}

/** `aws s3 rb --force`: with every version of all that is in it. */
async function removeBucket(account: DrillAccount, Bucket: string): Promise<void> {
  const s3 = new S3({...account.clientConfig, forcePathStyle: true})
  const {Versions = [], DeleteMarkers = []} = await s3.listObjectVersions({Bucket})
  for (const {Key, VersionId} of [...Versions, ...DeleteMarkers])
    await s3.deleteObject({Bucket, Key, VersionId})
  await s3.deleteBucket({Bucket})
}
