import {ACM} from '@aws-sdk/client-acm'
import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {CloudFront} from '@aws-sdk/client-cloudfront'
import {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs'
import {EC2} from '@aws-sdk/client-ec2'
import {ECR} from '@aws-sdk/client-ecr'
import {ECS} from '@aws-sdk/client-ecs'
import {EFS} from '@aws-sdk/client-efs'
import {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import {IAM} from '@aws-sdk/client-iam'
import {KMS} from '@aws-sdk/client-kms'
import {RDS} from '@aws-sdk/client-rds'
import {Route53} from '@aws-sdk/client-route-53'
import {ServiceDiscovery} from '@aws-sdk/client-servicediscovery'
import {STS} from '@aws-sdk/client-sts'
import type {DrillAccount} from './account.js'
import {wordsOf} from './words.js'

/** What a command line of the AWS CLI that only looks answers, `--query` left out: an object of the service's own. */
export async function readWithAws(account: DrillAccount, line: string): Promise<any> {
  const [, service = '', operation = '', ...rest] = wordsOf(line)
  const {clientConfig} = account
  const options = optionsOf(rest)
  switch (`${service} ${operation}`) {
    case 'acm describe-certificate':
      return new ACM(clientConfig).describeCertificate({CertificateArn: options['certificate-arn']})
    case 'cloudformation describe-events':
      return new CloudFormation(clientConfig).describeEvents({
        StackName: options['stack-name'],
        Filters: {FailedEvents: true},
      })
    case 'cloudformation list-imports':
      return new CloudFormation(clientConfig).listImports({ExportName: options['export-name']})
    case 'cloudfront list-distributions':
      return new CloudFront(clientConfig).listDistributions({})
    case 'ec2 describe-addresses':
      return new EC2(clientConfig).describeAddresses({PublicIps: [options['public-ips'] ?? '']})
    case 'ec2 describe-network-interfaces':
      return new EC2(clientConfig).describeNetworkInterfaces(
        options.filters
          ? {Filters: [filterIn(options.filters)]}
          : {NetworkInterfaceIds: [options['network-interface-ids'] ?? '']},
      )
    case 'ec2 describe-security-groups':
      return new EC2(clientConfig).describeSecurityGroups({Filters: [filterIn(options.filters ?? '')]})
    case 'ecr describe-images':
      return new ECR(clientConfig).describeImages({repositoryName: options['repository-name']})
    case 'ecs describe-services':
      return new ECS(clientConfig).describeServices({
        cluster: options.cluster,
        services: [options.services ?? ''],
      })
    case 'ecs list-services':
      return new ECS(clientConfig).listServices({cluster: options.cluster})
    case 'ecs list-tasks':
      return new ECS(clientConfig).listTasks({cluster: options.cluster})
    case 'efs describe-mount-targets':
      return new EFS(clientConfig).describeMountTargets({FileSystemId: options['file-system-id']})
    case 'elbv2 describe-listeners':
      return new ElasticLoadBalancingV2(clientConfig).describeListeners({
        LoadBalancerArn: options['load-balancer-arn'],
      })
    case 'elbv2 describe-target-health':
      return new ElasticLoadBalancingV2(clientConfig).describeTargetHealth({
        TargetGroupArn: options['target-group-arn'],
      })
    case 'elbv2 describe-target-groups':
      return new ElasticLoadBalancingV2(clientConfig).describeTargetGroups({
        TargetGroupArns: [options['target-group-arns'] ?? ''],
      })
    case 'iam get-role':
      return new IAM(clientConfig).getRole({RoleName: options['role-name']})
    case 'iam list-policies':
      return new IAM(clientConfig).listPolicies({Scope: 'Local'})
    case 'iam list-attached-role-policies':
      return new IAM(clientConfig).listAttachedRolePolicies({RoleName: options['role-name']})
    case 'iam list-role-policies':
      return new IAM(clientConfig).listRolePolicies({RoleName: options['role-name']})
    case 'kms describe-key':
      return new KMS(clientConfig).describeKey({KeyId: options['key-id']})
    case 'logs tail':
      return new CloudWatchLogs(clientConfig).filterLogEvents({logGroupName: rest[0]})
    case 'rds describe-db-clusters':
      return new RDS(clientConfig).describeDBClusters({
        DBClusterIdentifier: options['db-cluster-identifier'],
      })
    case 'rds describe-db-engine-versions':
      return new RDS(clientConfig).describeDBEngineVersions({Engine: options.engine})
    case 'rds describe-orderable-db-instance-options':
      return new RDS(clientConfig).describeOrderableDBInstanceOptions({
        Engine: options.engine,
        DBInstanceClass: options['db-instance-class'],
      })
    case 'rds describe-db-proxies':
      return new RDS(clientConfig).describeDBProxies({})
    case 'route53 list-hosted-zones':
      return new Route53(clientConfig).listHostedZones({})
    case 'servicediscovery list-namespaces':
      return new ServiceDiscovery(clientConfig).listNamespaces({})
    case 'servicediscovery list-services':
      return new ServiceDiscovery(clientConfig).listServices(
        options.filters
          ? {Filters: [filterIn(options.filters) as {Name: 'NAMESPACE_ID'; Values: string[]}]}
          : {},
      )
    case 'sts get-caller-identity':
      return new STS(clientConfig).getCallerIdentity({})
    default:
      throw new Error(`No drill knows how to read with: ${line}`)
  }
}

/** `Name=group-id,Values=sg-1` as the SDK has it. */
function filterIn(text: string): {Name: string; Values: string[]} {
  const [, Name = '', values = ''] = /^Name=([^,]+),Values=(.*)$/.exec(text) ?? []
  return {Name, Values: values.split(',')}
}

export function optionsOf(words: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {}
  for (const [index, word] of words.entries()) {
    if (word.startsWith('--')) options[word.slice(2)] = words[index + 1] ?? ''
  }
  return options
}
