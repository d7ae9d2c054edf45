import {shellWord} from '../shell-words.js'
import {parseArn} from './arn.js'
import {awsCommand, type Reach, shell} from './command-line.js'

/** What a command is made of: the last part of the ARN without its type, the ARN itself, and `aws …` for pasting. */
interface Target {
  readonly arn: string
  readonly name: string
  readonly aws: (command: string) => string
}

/** Shell text: one command, or several that are pasted together. */
type Write = (target: Target) => string

const byName =
  (command: string): Write =>
  ({name, aws}) =>
    aws(`${command} ${shellWord(name)}`)
const byArn =
  (command: string): Write =>
  ({arn, aws}) =>
    aws(`${command} ${shellWord(arn)}`)

/**
 * Runs `command` for each word of what `list` prints, as `$each`; for none when it prints nothing. The words are ids, ARNs
 * and names in which AWS allows no blank and nothing that a shell expands.
 */
const forEach = (list: string, command: string): string => `for each in $(${list}); do ${command}; done`

const inOrder = (...commands: readonly string[]): string => commands.join(' && ')

/** A query whose answer is read by a shell. */
const asked = (query: string): string => shell`--query ${query} --output text`

/**
 * How the AWS CLI deletes a resource, by service and type as its ARN names them, with what AWS wants done before; in the
 * order in which they can go when several are left. Names of options are those of the AWS CLI Command Reference; the
 * conformance tests ask the CLI itself.
 */
const commands: Readonly<Record<string, Write>> = {
  'cloudformation:stack': byArn('cloudformation delete-stack --stack-name'),
  // Its ARN has an id; the command wants what is scaled, which is a service of ECS here.
  'application-autoscaling:scalable-target': ({arn, aws}) => {
    const query = `ScalableTargets[?ScalableTargetARN=='${arn}'].ResourceId`
    const list = `application-autoscaling describe-scalable-targets --service-namespace ecs ${asked(query)}`
    const options = '--service-namespace ecs --scalable-dimension ecs:service:DesiredCount'
    return aws(
      `application-autoscaling deregister-scalable-target ${options} --resource-id "$(${aws(list)})"`,
    )
  },
  // AWS deletes only one that is disabled everywhere. In the CLI's JSON the settings of the whole are indented by four blanks.
  'cloudfront:distribution': ({name, aws}) => {
    const read = (query: string, output: string) =>
      aws(shell`cloudfront get-distribution-config --id ${name} --query ${query} --output ${output}`)
    const version = `--if-match "$(${read('ETag', 'text')})"`
    const disabled = `$(${read('DistributionConfig', 'json')} | sed 's/^    "Enabled": true/    "Enabled": false/')`
    return inOrder(
      aws(
        `${shell`cloudfront update-distribution --id ${name}`} ${version} --distribution-config "${disabled}"`,
      ),
      aws(shell`cloudfront wait distribution-deployed --id ${name}`),
      aws(`${shell`cloudfront delete-distribution --id ${name}`} ${version}`),
    )
  },
  'cloudfront:function': ({name, aws}) => {
    const etag = aws(shell`cloudfront describe-function --name ${name} --query ETag --output text`)
    return aws(`${shell`cloudfront delete-function --name ${name}`} --if-match "$(${etag})"`)
  },
  'ecs:service': ({name, aws}) => {
    const [cluster = '', service = ''] = name.split('/')
    return aws(shell`ecs delete-service --force --cluster ${cluster} --service ${service}`)
  },
  'ecs:task': ({name, aws}) => {
    const [cluster = '', task = ''] = name.split('/')
    return aws(shell`ecs stop-task --cluster ${cluster} --task ${task}`)
  },
  // Only an empty one goes: what runs in it, and its services until they have drained.
  'ecs:cluster': ({arn, aws}) => {
    const inCluster = (command: string) => aws(`${command}${shell` --cluster ${arn}`}`)
    return inOrder(
      forEach(
        inCluster(`ecs list-services ${asked('serviceArns[]')}`),
        inOrder(
          inCluster('ecs delete-service --force --service "$each"'),
          inCluster('ecs wait services-inactive --services "$each"'),
        ),
      ),
      forEach(
        inCluster(`ecs list-tasks ${asked('taskArns[]')}`),
        inOrder(
          inCluster('ecs stop-task --task "$each"'),
          inCluster('ecs wait tasks-stopped --tasks "$each"'),
        ),
      ),
      aws(shell`ecs delete-cluster --cluster ${arn}`),
    )
  },
  // ECS keeps a revision that is deregistered until it is deleted, too.
  'ecs:task-definition': ({arn, aws}) =>
    inOrder(
      aws(shell`ecs deregister-task-definition --task-definition ${arn}`),
      aws(shell`ecs delete-task-definitions --task-definitions ${arn}`),
    ),
  'ecr:repository': byName('ecr delete-repository --force --repository-name'),
  'codebuild:project': byName('codebuild delete-project --name'),
  'lambda:function': byName('lambda delete-function --function-name'),
  'events:rule': ({name, aws}) =>
    inOrder(
      forEach(
        aws(`${shell`events list-targets-by-rule --rule ${name}`} ${asked('Targets[].Id')}`),
        aws(`${shell`events remove-targets --force --rule ${name}`} --ids "$each"`),
      ),
      aws(shell`events delete-rule --force --name ${name}`),
    ),
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
  'rds:db-proxy': ({arn, aws}) => {
    const list = aws(`rds describe-db-proxies ${asked(`DBProxies[?DBProxyArn=='${arn}'].DBProxyName`)}`)
    return aws(`rds delete-db-proxy --db-proxy-name "$(${list})"`)
  },
  'rds:db': byName('rds delete-db-instance --skip-final-snapshot --db-instance-identifier'),
  // With its instances; what it used can go only when it is gone.
  'rds:cluster': ({name, aws}) => {
    const members = asked('DBClusters[].DBClusterMembers[].DBInstanceIdentifier')
    return inOrder(
      forEach(
        aws(`${shell`rds describe-db-clusters --db-cluster-identifier ${name}`} ${members}`),
        aws('rds delete-db-instance --skip-final-snapshot --db-instance-identifier "$each"'),
      ),
      aws(shell`rds delete-db-cluster --skip-final-snapshot --db-cluster-identifier ${name}`),
      aws(shell`rds wait db-cluster-deleted --db-cluster-identifier ${name}`),
    )
  },
  'rds:cluster-pg': byName('rds delete-db-cluster-parameter-group --db-cluster-parameter-group-name'),
  'rds:subgrp': byName('rds delete-db-subnet-group --db-subnet-group-name'),
  'rds:cluster-snapshot': byName('rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier'),
  'rds:cluster-auto-backup': byName('rds delete-db-cluster-automated-backup --db-cluster-resource-id'),
  'rds:snapshot': byName('rds delete-db-snapshot --db-snapshot-identifier'),
  'elasticfilesystem:access-point': byName('efs delete-access-point --access-point-id'),
  // AWS has no waiter for mount targets. A list that cannot be had ends the waiting, too.
  'elasticfilesystem:file-system': ({name, aws}) => {
    const targets = aws(
      `${shell`efs describe-mount-targets --file-system-id ${name}`} ${asked('MountTargets[].MountTargetId')}`,
    )
    return inOrder(
      forEach(targets, aws('efs delete-mount-target --mount-target-id "$each"')),
      `while ${targets} | grep -q .; do sleep 5; done`,
      aws(shell`efs delete-file-system --file-system-id ${name}`),
    )
  },
  // With every version of what is in it, which `s3 rb` would leave.
  's3:bucket': ({name, aws}) => {
    const versions = asked('[Versions,DeleteMarkers][][].[VersionId,Key]')
    const list = aws(`${shell`s3api list-object-versions --bucket ${name}`} ${versions}`)
    const one = aws(`${shell`s3api delete-object --bucket ${name}`} --version-id "$version" --key "$key"`)
    return inOrder(
      `${list} | while read -r version key; do ${one}; done`,
      aws(shell`s3 rb --force s3://${name}`),
    )
  },
  'secretsmanager:secret': byArn('secretsmanager delete-secret --force-delete-without-recovery --secret-id'),
  // A hierarchy begins with a slash, which the ARN leaves out.
  'ssm:parameter': ({name, aws}) =>
    aws(shell`ssm delete-parameter --name ${name.includes('/') ? `/${name}` : name}`),
  'logs:log-group': byName('logs delete-log-group --log-group-name'),
  'kms:alias': ({name, aws}) => aws(shell`kms delete-alias --alias-name ${`alias/${name}`}`),
  // The shortest wait that AWS allows; until then the key can be had back.
  'kms:key': ({name, aws}) =>
    aws(shell`kms schedule-key-deletion --pending-window-in-days 7 --key-id ${name}`),
  'iam:role': ({name, aws}) => {
    const role = shell`--role-name ${name.split('/').at(-1) ?? name}`
    return inOrder(
      forEach(
        aws(`iam list-attached-role-policies ${role} ${asked('AttachedPolicies[].PolicyArn')}`),
        aws(`iam detach-role-policy ${role} --policy-arn "$each"`),
      ),
      forEach(
        aws(`iam list-role-policies ${role} ${asked('PolicyNames[]')}`),
        aws(`iam delete-role-policy ${role} --policy-name "$each"`),
      ),
      aws(`iam delete-role ${role}`),
    )
  },
  'iam:policy': ({arn, aws}) => {
    const policy = shell`--policy-arn ${arn}`
    return inOrder(
      forEach(
        aws(`iam list-entities-for-policy ${policy} ${asked('PolicyRoles[].RoleName')}`),
        aws(`iam detach-role-policy ${policy} --role-name "$each"`),
      ),
      forEach(
        aws(`iam list-policy-versions ${policy} ${asked('Versions[?!IsDefaultVersion].VersionId')}`),
        aws(`iam delete-policy-version ${policy} --version-id "$each"`),
      ),
      aws(`iam delete-policy ${policy}`),
    )
  },
  'ec2:instance': ({name, aws}) =>
    inOrder(
      aws(shell`ec2 terminate-instances --instance-ids ${name}`),
      aws(shell`ec2 wait instance-terminated --instance-ids ${name}`),
    ),
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
  'ec2:natgateway': ({name, aws}) =>
    inOrder(
      aws(shell`ec2 delete-nat-gateway --nat-gateway-id ${name}`),
      aws(shell`ec2 wait nat-gateway-deleted --nat-gateway-ids ${name}`),
    ),
  'ec2:elastic-ip': byName('ec2 release-address --allocation-id'),
  'ec2:network-interface': byName('ec2 delete-network-interface --network-interface-id'),
  // Rules of other groups name it.
  'ec2:security-group': ({name, aws}) => {
    const revoke = (direction: 'ingress' | 'egress') => {
      const isMeant = direction === 'egress' ? 'IsEgress' : '!IsEgress'
      const query = `SecurityGroupRules[?ReferencedGroupInfo.GroupId=='${name}' && ${isMeant}].[GroupId,SecurityGroupRuleId]`
      const list = aws(`ec2 describe-security-group-rules ${asked(query)}`)
      const rule = '--group-id "$group" --security-group-rule-ids "$rule"'
      return `${list} | while read -r group rule; do ${aws(`ec2 revoke-security-group-${direction} ${rule}`)}; done`
    }
    return inOrder(
      revoke('ingress'),
      revoke('egress'),
      aws(shell`ec2 delete-security-group --group-id ${name}`),
    )
  },
  'ec2:route-table': ({name, aws}) =>
    inOrder(
      forEach(
        aws(
          `${shell`ec2 describe-route-tables --route-table-ids ${name}`} ${asked('RouteTables[].Associations[?!Main][].RouteTableAssociationId')}`,
        ),
        aws('ec2 disassociate-route-table --association-id "$each"'),
      ),
      aws(shell`ec2 delete-route-table --route-table-id ${name}`),
    ),
  'ec2:subnet': byName('ec2 delete-subnet --subnet-id'),
  'ec2:internet-gateway': ({name, aws}) =>
    inOrder(
      forEach(
        aws(
          `${shell`ec2 describe-internet-gateways --internet-gateway-ids ${name}`} ${asked('InternetGateways[].Attachments[].VpcId')}`,
        ),
        aws(`${shell`ec2 detach-internet-gateway --internet-gateway-id ${name}`} --vpc-id "$each"`),
      ),
      aws(shell`ec2 delete-internet-gateway --internet-gateway-id ${name}`),
    ),
  'ec2:vpc': byName('ec2 delete-vpc --vpc-id'),
  'ec2:snapshot': byName('ec2 delete-snapshot --snapshot-id'),
  'ec2:volume': byName('ec2 delete-volume --volume-id'),
}

/**
 * The command line of the AWS CLI that deletes what an ARN names, for pasting: it is enough, and goes where this
 * program's calls go. Where several kinds are left, those first whose kind `deletableKinds` has first.
 * Null for a kind that nothing here is made of.
 * @param kind service and type as in `TaggedResource`
 */
export function deletingCommand(
  reach: Reach,
  {arn, kind, name}: {arn: string; kind: string; name: string},
): string | null {
  const write = Object.hasOwn(commands, kind) ? commands[kind] : undefined
  if (write === undefined) return null
  return write({arn, name: nameIn(arn, kind, name), aws: command => awsCommand(reach, command)})
}

/** The kinds for which there is a command, in the order in which they can go. */
export const deletableKinds: readonly string[] = Object.keys(commands)

/** Some ARNs say more than the name: a log group may end in `:*`. */
function nameIn(arn: string, kind: string, name: string): string {
  if (kind === 'logs:log-group') return name.replace(/:\*$/, '')
  return kind === 's3:bucket' ? (parseArn(arn)?.resource ?? name) : name
}
