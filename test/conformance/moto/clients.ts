import {CloudFormationClient} from '@aws-sdk/client-cloudformation'
import {CloudWatchLogsClient} from '@aws-sdk/client-cloudwatch-logs'
import {CodeBuildClient} from '@aws-sdk/client-codebuild'
import {EC2Client} from '@aws-sdk/client-ec2'
import {ECRClient} from '@aws-sdk/client-ecr'
import {ECSClient} from '@aws-sdk/client-ecs'
import {ElasticLoadBalancingV2Client} from '@aws-sdk/client-elastic-load-balancing-v2'
import {KMSClient} from '@aws-sdk/client-kms'
import {S3Client} from '@aws-sdk/client-s3'
import {SecretsManagerClient} from '@aws-sdk/client-secrets-manager'
import {SSMClient} from '@aws-sdk/client-ssm'
import {STSClient} from '@aws-sdk/client-sts'
import type {Asked} from './servers.js'

/** Clients of one server. */
export type Clients = ReturnType<typeof clientsOf>

export function clientsOf({clientConfig}: Asked) {
  const config = {...clientConfig, maxAttempts: 1}
  return {
    cloudformation: new CloudFormationClient(config),
    codebuild: new CodeBuildClient(config),
    ec2: new EC2Client(config),
    ecr: new ECRClient(config),
    ecs: new ECSClient(config),
    elbv2: new ElasticLoadBalancingV2Client(config),
    kms: new KMSClient(config),
    logs: new CloudWatchLogsClient(config),
    s3: new S3Client(config),
    secrets: new SecretsManagerClient(config),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
  }
}
