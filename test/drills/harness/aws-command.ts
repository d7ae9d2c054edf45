import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs'
import {ECS} from '@aws-sdk/client-ecs'
import {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import {KMS} from '@aws-sdk/client-kms'
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
  const {service, operation, values} = await parsed(account, line)
  const cloudFormation = new CloudFormation(account.clientConfig)
  const StackName = values['stack-name'] ?? ''
  switch (`${service} ${operation}`) {
    case 'cloudformation continue-update-rollback':
      await cloudFormation.continueUpdateRollback({StackName})
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
    case 'elbv2 create-listener':
      await new ElasticLoadBalancingV2(account.clientConfig).createListener({
        LoadBalancerArn: values['load-balancer-arn'],
        Protocol: 'HTTP',
        Port: Number(values.port),
        DefaultActions: [{Type: 'forward', TargetGroupArn: /TargetGroupArn=(\S+)/.exec(line)?.[1]}],
      })
      break
    case 'logs delete-log-group':
      await new CloudWatchLogs(account.clientConfig).deleteLogGroup({logGroupName: values['log-group-name']})
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
    case 'ssm delete-parameter':
      await new SSM(account.clientConfig).deleteParameter({Name: values.name})
      break
    default:
      throw new Error(`No drill knows how to run: ${line}`)
  }
  await account.pass(afterwardsSeconds)
}

async function parsed(account: DrillAccount, line: string) {
  const nested = /\$\(aws (.*)\)/.exec(line)
  const flat = nested ? line.replace(nested[0], await balancerArn(account, nested[1] ?? '')) : line
  const [, service = '', operation = '', ...rest] = wordsOf(flat)
  const values: Record<string, string> = {}
  for (const [index, word] of rest.entries()) {
    if (word.startsWith('--')) values[word.slice(2)] = rest[index + 1] ?? ''
  }
  return {service, operation, values}
}

/** `elbv2 describe-load-balancers --names NAME --query LoadBalancers[0].LoadBalancerArn --output text`. */
async function balancerArn(account: DrillAccount, line: string): Promise<string> {
  const name = /--names (\S+)/.exec(line)?.[1] ?? ''
  const client = new ElasticLoadBalancingV2(account.clientConfig)
  const {LoadBalancers} = await client.describeLoadBalancers({Names: [name]})
  return LoadBalancers?.[0]?.LoadBalancerArn ?? ''
}

/** `aws s3 rb --force`: with all that is in it. */
async function removeBucket(account: DrillAccount, Bucket: string): Promise<void> {
  const s3 = new S3({...account.clientConfig, forcePathStyle: true})
  const {Contents = []} = await s3.listObjectsV2({Bucket})
  for (const {Key} of Contents) await s3.deleteObject({Bucket, Key})
  await s3.deleteBucket({Bucket})
}
