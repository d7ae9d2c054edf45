import {parseArn} from './arn.js'
import {awsCommand, type Reach, shellWord} from './command-line.js'

/** What a command is made of: the last part of the ARN without its type, and the ARN itself. */
interface Target {
  readonly arn: string
  readonly name: string
  readonly reach: Reach
}

type Write = (target: Target) => string

const byName =
  (command: string): Write =>
  ({name}) =>
    `${command} ${shellWord(name)}`
const byArn =
  (command: string): Write =>
  ({arn}) =>
    `${command} ${shellWord(arn)}`

/**
 * How the AWS CLI deletes a resource, by service and type as its ARN names them. Names of options are those of the AWS
 * CLI Command Reference; the conformance tests ask the CLI itself.
 */
const commands: Readonly<Record<string, Write>> = {
  'acm:certificate': byArn('acm delete-certificate --certificate-arn'),
  // Its ARN has an id; the command wants what is scaled, which is a service of ECS here.
  'application-autoscaling:scalable-target': ({arn, reach}) => {
    const query = `"ScalableTargets[?ScalableTargetARN=='${arn}'].ResourceId"`
    const list = `application-autoscaling describe-scalable-targets --service-namespace ecs --query ${query} --output text`
    const options = '--service-namespace ecs --scalable-dimension ecs:service:DesiredCount'
    return `application-autoscaling deregister-scalable-target ${options} --resource-id "$(${awsCommand(reach, list)})"`
  },
  // AWS deletes a disabled one only, and disables none in one command.
  'cloudfront:distribution': ({name, reach}) => {
    const etag = awsCommand(
      reach,
      `cloudfront get-distribution-config --id ${name} --query ETag --output text`,
    )
    return `cloudfront delete-distribution --id ${name} --if-match $(${etag})`
  },
  'cloudformation:stack': byArn('cloudformation delete-stack --stack-name'),
  'cloudwatch:alarm': byName('cloudwatch delete-alarms --alarm-names'),
  'codebuild:project': byName('codebuild delete-project --name'),
  'ec2:elastic-ip': byName('ec2 release-address --allocation-id'),
  'ec2:internet-gateway': byName('ec2 delete-internet-gateway --internet-gateway-id'),
  'ec2:natgateway': byName('ec2 delete-nat-gateway --nat-gateway-id'),
  'ec2:network-interface': byName('ec2 delete-network-interface --network-interface-id'),
  'ec2:route-table': byName('ec2 delete-route-table --route-table-id'),
  'ec2:security-group': byName('ec2 delete-security-group --group-id'),
  'ec2:snapshot': byName('ec2 delete-snapshot --snapshot-id'),
  'ec2:subnet': byName('ec2 delete-subnet --subnet-id'),
  'ec2:volume': byName('ec2 delete-volume --volume-id'),
  'ec2:vpc': byName('ec2 delete-vpc --vpc-id'),
  'ec2:vpc-endpoint': byName('ec2 delete-vpc-endpoints --vpc-endpoint-ids'),
  'ecr:repository': byName('ecr delete-repository --force --repository-name'),
  'ecs:cluster': byArn('ecs delete-cluster --cluster'),
  'ecs:service': ({name}) => {
    const [cluster = '', service = ''] = name.split('/')
    return `ecs delete-service --force --cluster ${cluster} --service ${service}`
  },
  'ecs:task': ({name}) => {
    const [cluster = '', task = ''] = name.split('/')
    return `ecs stop-task --cluster ${cluster} --task ${task}`
  },
  'ecs:task-definition': byArn('ecs deregister-task-definition --task-definition'),
  'elasticfilesystem:access-point': byName('efs delete-access-point --access-point-id'),
  'elasticfilesystem:file-system': byName('efs delete-file-system --file-system-id'),
  'elasticloadbalancing:listener': byArn('elbv2 delete-listener --listener-arn'),
  'elasticloadbalancing:listener-rule': byArn('elbv2 delete-rule --rule-arn'),
  'elasticloadbalancing:loadbalancer': byArn('elbv2 delete-load-balancer --load-balancer-arn'),
  'elasticloadbalancing:targetgroup': byArn('elbv2 delete-target-group --target-group-arn'),
  'events:rule': byName('events delete-rule --force --name'),
  'iam:policy': byArn('iam delete-policy --policy-arn'),
  'iam:role': ({name}) => `iam delete-role --role-name ${shellWord(name.split('/').at(-1) ?? name)}`,
  'kms:alias': ({name}) => `kms delete-alias --alias-name ${shellWord(`alias/${name}`)}`,
  // The shortest wait that AWS allows; until then the key can be had back.
  'kms:key': ({name}) => `kms schedule-key-deletion --pending-window-in-days 7 --key-id ${name}`,
  'lambda:function': byName('lambda delete-function --function-name'),
  'logs:log-group': byName('logs delete-log-group --log-group-name'),
  'rds:cluster': byName('rds delete-db-cluster --skip-final-snapshot --db-cluster-identifier'),
  'rds:cluster-pg': byName('rds delete-db-cluster-parameter-group --db-cluster-parameter-group-name'),
  'rds:cluster-snapshot': byName('rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier'),
  'rds:db': byName('rds delete-db-instance --skip-final-snapshot --db-instance-identifier'),
  // Its ARN has an id; the command wants its name.
  'rds:db-proxy': ({arn, reach}) => {
    const query = `"DBProxies[?DBProxyArn=='${arn}'].DBProxyName"`
    const name = awsCommand(reach, `rds describe-db-proxies --query ${query} --output text`)
    return `rds delete-db-proxy --db-proxy-name "$(${name})"`
  },
  'rds:snapshot': byName('rds delete-db-snapshot --db-snapshot-identifier'),
  'rds:subgrp': byName('rds delete-db-subnet-group --db-subnet-group-name'),
  's3:bucket': ({name}) => `s3 rb --force s3://${name}`,
  'secretsmanager:secret': byArn('secretsmanager delete-secret --force-delete-without-recovery --secret-id'),
  'servicediscovery:namespace': byName('servicediscovery delete-namespace --id'),
  'servicediscovery:service': byName('servicediscovery delete-service --id'),
  'sns:topic': byArn('sns delete-topic --topic-arn'),
  // A hierarchy begins with a slash, which the ARN leaves out.
  'ssm:parameter': ({name}) =>
    `ssm delete-parameter --name ${shellWord(name.includes('/') ? `/${name}` : name)}`,
}

/**
 * The command line of the AWS CLI that deletes what an ARN names, for pasting: it goes where this program's calls go.
 * Null for a kind that nothing here is made of.
 * @param kind service and type as in `TaggedResource`
 */
export function deletingCommand(
  reach: Reach,
  {arn, kind, name}: {arn: string; kind: string; name: string},
): string | null {
  const write = Object.hasOwn(commands, kind) ? commands[kind] : undefined
  return write === undefined ? null : awsCommand(reach, write({arn, name: nameIn(arn, kind, name), reach}))
}

/** The kinds for which there is a command. */
export const deletableKinds: readonly string[] = Object.keys(commands)

/** Some ARNs say more than the name: a log group may end in `:*`. */
function nameIn(arn: string, kind: string, name: string): string {
  if (kind === 'logs:log-group') return name.replace(/:\*$/, '')
  return kind === 's3:bucket' ? (parseArn(arn)?.resource ?? name) : name
}
