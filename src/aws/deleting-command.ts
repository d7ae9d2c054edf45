import {shellWord} from '../shell-words.js'
import {parseArn} from './arn.js'
import {awsCommand, type Reach, shell} from './command-line.js'
import {type DeletionContents, nothingKnown, type ReadContents} from './deletion-contents.js'

/** What a command is made of: the ARN, the last part of it without its type, what was looked up, and `aws …` for pasting. */
interface Target {
  readonly arn: string
  readonly name: string
  readonly known: string | undefined
  readonly aws: (command: string) => string
}

/** The command lines that delete it, in their order; none where something has to be known first that is not. */
type Write = (target: Target) => readonly string[]

const byName =
  (command: string): Write =>
  ({name, aws}) => [aws(`${command} ${shellWord(name)}`)]
const byArn =
  (command: string): Write =>
  ({arn, aws}) => [aws(`${command} ${shellWord(arn)}`)]

/**
 * With the handler of CloudFormation, which does by itself what AWS wants done before: it disables a distribution, finds the
 * version that CloudFront asks for, and removes a rule's targets.
 */
const byCloudControl =
  (type: string, identifier: (target: Target) => string): Write =>
  target => [
    target.aws(shell`cloudcontrol delete-resource --type-name ${type} --identifier ${identifier(target)}`),
  ]

/**
 * How the AWS CLI deletes a resource, by service and type as its ARN names them; in the order in which they can go when several
 * are left. What AWS wants done before is in deletion-contents.ts, where it has to be looked for. Names of options are those
 * of the AWS CLI Command Reference; the conformance tests ask the CLI itself.
 */
const commands: Readonly<Record<string, Write>> = {
  'cloudformation:stack': byArn('cloudformation delete-stack --stack-name'),
  // Its ARN has an id; the command wants what is scaled, which is a service of ECS here.
  'application-autoscaling:scalable-target': ({known, aws}) => {
    const options = '--service-namespace ecs --scalable-dimension ecs:service:DesiredCount'
    const target = known && shell`--resource-id ${known}`
    return target ? [aws(`application-autoscaling deregister-scalable-target ${options} ${target}`)] : []
  },
  'cloudfront:distribution': byCloudControl('AWS::CloudFront::Distribution', ({name}) => name),
  'cloudfront:function': byCloudControl('AWS::CloudFront::Function', ({arn}) => arn),
  'ecs:service': ({name, aws}) => {
    const [cluster = '', service = ''] = name.split('/')
    return [aws(shell`ecs delete-service --force --cluster ${cluster} --service ${service}`)]
  },
  'ecs:task': ({name, aws}) => {
    const [cluster = '', task = ''] = name.split('/')
    return [aws(shell`ecs stop-task --cluster ${cluster} --task ${task}`)]
  },
  'ecs:cluster': byArn('ecs delete-cluster --cluster'),
  // ECS keeps a revision that is deregistered until it is deleted, too.
  'ecs:task-definition': ({arn, aws}) => [
    aws(shell`ecs deregister-task-definition --task-definition ${arn}`),
    aws(shell`ecs delete-task-definitions --task-definitions ${arn}`),
  ],
  'ecr:repository': byName('ecr delete-repository --force --repository-name'),
  'codebuild:project': byName('codebuild delete-project --name'),
  'lambda:function': byName('lambda delete-function --function-name'),
  'events:rule': byCloudControl('AWS::Events::Rule', ({arn}) => arn),
  'cloudwatch:alarm': byName('cloudwatch delete-alarms --alarm-names'),
  'sns:topic': byArn('sns delete-topic --topic-arn'),
  'elasticloadbalancing:listener-rule': byArn('elbv2 delete-rule --rule-arn'),
  'elasticloadbalancing:listener': byArn('elbv2 delete-listener --listener-arn'),
  'elasticloadbalancing:loadbalancer': byArn('elbv2 delete-load-balancer --load-balancer-arn'),
  'elasticloadbalancing:targetgroup': byArn('elbv2 delete-target-group --target-group-arn'),
  'acm:certificate': byArn('acm delete-certificate --certificate-arn'),
  'servicediscovery:service': byName('servicediscovery delete-service --id'),
  'servicediscovery:namespace': byName('servicediscovery delete-namespace --id'),
  'route53:hostedzone': byName('route53 delete-hosted-zone --id'),
  // Its ARN has an id; the command wants its name.
  'rds:db-proxy': ({known, name, aws}) => {
    const proxy = known ?? (name.startsWith('prx-') ? undefined : name)
    return proxy === undefined ? [] : [aws(shell`rds delete-db-proxy --db-proxy-name ${proxy}`)]
  },
  'rds:db': byName('rds delete-db-instance --skip-final-snapshot --db-instance-identifier'),
  // What it used can go only when it is gone.
  'rds:cluster': ({name, aws}) => [
    aws(shell`rds delete-db-cluster --skip-final-snapshot --db-cluster-identifier ${name}`),
    aws(shell`rds wait db-cluster-deleted --db-cluster-identifier ${name}`),
  ],
  'rds:cluster-pg': byName('rds delete-db-cluster-parameter-group --db-cluster-parameter-group-name'),
  'rds:subgrp': byName('rds delete-db-subnet-group --db-subnet-group-name'),
  'rds:cluster-snapshot': byName('rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier'),
  'rds:cluster-auto-backup': byName('rds delete-db-cluster-automated-backup --db-cluster-resource-id'),
  'rds:snapshot': byName('rds delete-db-snapshot --db-snapshot-identifier'),
  'elasticfilesystem:access-point': byName('efs delete-access-point --access-point-id'),
  'elasticfilesystem:file-system': byName('efs delete-file-system --file-system-id'),
  's3:bucket': ({name, aws}) => [aws(shell`s3 rb --force s3://${name}`)],
  'secretsmanager:secret': byArn('secretsmanager delete-secret --force-delete-without-recovery --secret-id'),
  // A hierarchy begins with a slash, which the ARN leaves out.
  'ssm:parameter': ({name, aws}) => [
    aws(shell`ssm delete-parameter --name ${name.includes('/') ? `/${name}` : name}`),
  ],
  'logs:log-group': byName('logs delete-log-group --log-group-name'),
  'kms:alias': ({name, aws}) => [aws(shell`kms delete-alias --alias-name ${`alias/${name}`}`)],
  // The shortest wait that AWS allows; until then the key can be had back.
  'kms:key': ({name, aws}) => [
    aws(shell`kms schedule-key-deletion --pending-window-in-days 7 --key-id ${name}`),
  ],
  'iam:role': ({name, aws}) => [aws(shell`iam delete-role --role-name ${name.split('/').at(-1) ?? name}`)],
  'iam:policy': byArn('iam delete-policy --policy-arn'),
  'ec2:instance': ({name, aws}) => [
    aws(shell`ec2 terminate-instances --instance-ids ${name}`),
    aws(shell`ec2 wait instance-terminated --instance-ids ${name}`),
  ],
  'ec2:vpc-peering-connection': byName('ec2 delete-vpc-peering-connection --vpc-peering-connection-id'),
  'ec2:transit-gateway-attachment': byName(
    'ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id',
  ),
  'elb:loadbalancer': byName('elb delete-load-balancer --load-balancer-name'),
  'ds:directory': byName('ds delete-directory --directory-id'),
  'rds:db-proxy-name': byName('rds delete-db-proxy --db-proxy-name'),
  'elasticfilesystem:mount-target': byName('efs delete-mount-target --mount-target-id'),
  'ec2:vpc-endpoint': byName('ec2 delete-vpc-endpoints --vpc-endpoint-ids'),
  // Its address and the gateway of its network can go only when it is gone.
  'ec2:natgateway': ({name, aws}) => [
    aws(shell`ec2 delete-nat-gateway --nat-gateway-id ${name}`),
    aws(shell`ec2 wait nat-gateway-deleted --nat-gateway-ids ${name}`),
  ],
  'ec2:elastic-ip': byName('ec2 release-address --allocation-id'),
  'ec2:network-interface': byName('ec2 delete-network-interface --network-interface-id'),
  'ec2:security-group': byName('ec2 delete-security-group --group-id'),
  'ec2:route-table': byName('ec2 delete-route-table --route-table-id'),
  'ec2:subnet': byName('ec2 delete-subnet --subnet-id'),
  'ec2:internet-gateway': byName('ec2 delete-internet-gateway --internet-gateway-id'),
  'ec2:vpc': byName('ec2 delete-vpc --vpc-id'),
  'ec2:snapshot': byName('ec2 delete-snapshot --snapshot-id'),
  'ec2:volume': byName('ec2 delete-volume --volume-id'),
}

/**
 * The commands of the AWS CLI that delete what an ARN names, for pasting: they are enough, and go where this program's calls
 * go. Several are in one line with semicolons between, which bash, zsh and PowerShell of any version all take. Where
 * several kinds are left, those first whose kind `deletableKinds` has first.
 * Null for a kind that nothing here is made of, and for what nobody can call by the name that the command wants.
 * @param kind service and type as in `TaggedResource`
 * @param contents what `ReadContents` has found
 */
export function deletingCommand(
  reach: Reach,
  {arn, kind, name}: {arn: string; kind: string; name: string},
  {before, name: known}: DeletionContents = nothingKnown,
): string | null {
  const write = Object.hasOwn(commands, kind) ? commands[kind] : undefined
  const aws = (command: string) => awsCommand(reach, command)
  const own = write?.({arn, name: nameIn(arn, kind, name), known, aws}) ?? []
  if (own.length === 0) return null
  return [...before.map(line => (line.startsWith('sleep ') ? line : aws(line))), ...own].join('; ')
}

/** The same with what lies in the resource now, and goes before it. */
export async function commandsToDelete(
  aws: Reach & {readonly deletionContents: ReadContents},
  target: {arn: string; kind: string; name: string},
): Promise<string | null> {
  return deletingCommand(aws, target, await aws.deletionContents(target))
}

/** The kinds for which there is a command, in the order in which they can go. */
export const deletableKinds: readonly string[] = Object.keys(commands)

/** Some ARNs say more than the name: a log group may end in `:*`. */
function nameIn(arn: string, kind: string, name: string): string {
  if (kind === 'logs:log-group') return name.replace(/:\*$/, '')
  return kind === 's3:bucket' ? (parseArn(arn)?.resource ?? name) : name
}
