import type {DeletionContents} from '../../src/aws/deletion-contents.js'

const at = (service: string, resource: string) => `arn:aws:${service}:us-west-2:123456789012:${resource}`
const without = (service: string, resource: string) => `arn:aws:${service}::123456789012:${resource}`
const uuid = '1111aaaa-2222-3333-4444-555566667777'

/**
 * An ARN of every kind that has a deleting command, in the form that AWS gives it, and the command without its place;
 * of several commands only the last one, which deletes it.
 */
export const deletable: readonly (readonly [arn: string, command: string])[] = [
  [
    at('acm', `certificate/${uuid}`),
    `acm delete-certificate --certificate-arn ${at('acm', `certificate/${uuid}`)}`,
  ],
  [
    at('application-autoscaling', 'scalable-target/0a1b'),
    'application-autoscaling deregister-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/demo/a',
  ],
  [
    without('cloudfront', 'distribution/E1ABC'),
    'cloudcontrol delete-resource --type-name AWS::CloudFront::Distribution --identifier E1ABC',
  ],
  [
    without('cloudfront', 'function/demo-viewers'),
    `cloudcontrol delete-resource --type-name AWS::CloudFront::Function --identifier ${without('cloudfront', 'function/demo-viewers')}`,
  ],
  [
    at('cloudformation', `stack/demo/${uuid}`),
    `cloudformation delete-stack --stack-name ${at('cloudformation', `stack/demo/${uuid}`)}`,
  ],
  [at('cloudwatch', 'alarm:demo high'), "cloudwatch delete-alarms --alarm-names 'demo high'"],
  [at('codebuild', 'project/demo-container-build'), 'codebuild delete-project --name demo-container-build'],
  [at('ec2', 'elastic-ip/eipalloc-1'), 'ec2 release-address --allocation-id eipalloc-1'],
  [at('ec2', 'internet-gateway/igw-1'), 'ec2 delete-internet-gateway --internet-gateway-id igw-1'],
  [at('ec2', 'natgateway/nat-1'), 'ec2 wait nat-gateway-deleted --nat-gateway-ids nat-1'],
  [at('ec2', 'network-interface/eni-1'), 'ec2 delete-network-interface --network-interface-id eni-1'],
  [at('ec2', 'route-table/rtb-1'), 'ec2 delete-route-table --route-table-id rtb-1'],
  [at('ec2', 'security-group/sg-1'), 'ec2 delete-security-group --group-id sg-1'],
  [at('ec2', 'snapshot/snap-1'), 'ec2 delete-snapshot --snapshot-id snap-1'],
  [at('ec2', 'subnet/subnet-1'), 'ec2 delete-subnet --subnet-id subnet-1'],
  [at('ec2', 'volume/vol-1'), 'ec2 delete-volume --volume-id vol-1'],
  [at('ec2', 'vpc/vpc-1'), 'ec2 delete-vpc --vpc-id vpc-1'],
  [at('ec2', 'vpc-endpoint/vpce-1'), 'ec2 delete-vpc-endpoints --vpc-endpoint-ids vpce-1'],
  [at('ecr', 'repository/demo-registry'), 'ecr delete-repository --force --repository-name demo-registry'],
  [at('ecs', 'cluster/demo'), `ecs delete-cluster --cluster ${at('ecs', 'cluster/demo')}`],
  [at('ecs', 'service/demo/registry'), 'ecs delete-service --force --cluster demo --service registry'],
  [at('ecs', 'task/demo/0123abc'), 'ecs stop-task --cluster demo --task 0123abc'],
  [
    at('ecs', 'task-definition/demo:1'),
    `ecs delete-task-definitions --task-definitions ${at('ecs', 'task-definition/demo:1')}`,
  ],
  [at('elasticfilesystem', 'access-point/fsap-1'), 'efs delete-access-point --access-point-id fsap-1'],
  [at('elasticfilesystem', 'file-system/fs-1'), 'efs delete-file-system --file-system-id fs-1'],
  ...(
    [
      ['listener/app/demo/1/2', 'delete-listener --listener-arn'],
      ['listener-rule/app/demo/1/2/3', 'delete-rule --rule-arn'],
      ['loadbalancer/app/demo/1', 'delete-load-balancer --load-balancer-arn'],
      ['targetgroup/demo/1', 'delete-target-group --target-group-arn'],
    ] as const
  ).map(([resource, command]) => {
    const arn = at('elasticloadbalancing', resource)
    return [arn, `elbv2 ${command} ${arn}`] as const
  }),
  [
    at('events', 'rule/demo'),
    `cloudcontrol delete-resource --type-name AWS::Events::Rule --identifier ${at('events', 'rule/demo')}`,
  ],
  [without('iam', 'policy/demo'), `iam delete-policy --policy-arn ${without('iam', 'policy/demo')}`],
  [without('iam', 'role/path/demo'), 'iam delete-role --role-name demo'],
  [at('kms', 'alias/demo-rds'), 'kms delete-alias --alias-name alias/demo-rds'],
  [at('kms', `key/${uuid}`), `kms schedule-key-deletion --pending-window-in-days 7 --key-id ${uuid}`],
  [at('lambda', 'function:demo-trigger'), 'lambda delete-function --function-name demo-trigger'],
  [at('logs', 'log-group:/ecs/demo:*'), 'logs delete-log-group --log-group-name /ecs/demo'],
  [at('rds', 'cluster:demo'), 'rds wait db-cluster-deleted --db-cluster-identifier demo'],
  [
    at('rds', 'cluster-pg:demo'),
    'rds delete-db-cluster-parameter-group --db-cluster-parameter-group-name demo',
  ],
  [
    at('rds', 'cluster-snapshot:demo'),
    'rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier demo',
  ],
  [at('rds', 'db:demo'), 'rds delete-db-instance --skip-final-snapshot --db-instance-identifier demo'],
  [at('rds', 'db-proxy:prx-1'), 'rds delete-db-proxy --db-proxy-name demo-proxy'],
  [
    at('rds', 'cluster-auto-backup:ab-1'),
    'rds delete-db-cluster-automated-backup --db-cluster-resource-id ab-1',
  ],
  [without('route53', 'hostedzone/Z1'), 'route53 delete-hosted-zone --id Z1'],
  [at('rds', 'snapshot:demo'), 'rds delete-db-snapshot --db-snapshot-identifier demo'],
  [at('rds', 'subgrp:demo'), 'rds delete-db-subnet-group --db-subnet-group-name demo'],
  ['arn:aws:s3:::demo-bucket', 's3 rb --force s3://demo-bucket'],
  [
    at('secretsmanager', 'secret:demo-AbCdEf'),
    `secretsmanager delete-secret --force-delete-without-recovery --secret-id ${at('secretsmanager', 'secret:demo-AbCdEf')}`,
  ],
  [at('servicediscovery', 'namespace/ns-1'), 'servicediscovery delete-namespace --id ns-1'],
  [at('servicediscovery', 'service/srv-1'), 'servicediscovery delete-service --id srv-1'],
  [at('sns', 'demo-alarms'), `sns delete-topic --topic-arn ${at('sns', 'demo-alarms')}`],
  [at('ssm', 'parameter/demo'), 'ssm delete-parameter --name demo'],
  [at('ssm', 'parameter/keycloak/demo'), 'ssm delete-parameter --name /keycloak/demo'],
  [at('ec2', 'instance/i-0a1b'), 'ec2 wait instance-terminated --instance-ids i-0a1b'],
  [
    at('ec2', 'vpc-peering-connection/pcx-0a1b'),
    'ec2 delete-vpc-peering-connection --vpc-peering-connection-id pcx-0a1b',
  ],
  [
    at('ec2', 'transit-gateway-attachment/tgw-attach-0a1b'),
    'ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id tgw-attach-0a1b',
  ],
  [at('elb', 'loadbalancer/old'), 'elb delete-load-balancer --load-balancer-name old'],
  [at('ds', 'directory/d-0a1b'), 'ds delete-directory --directory-id d-0a1b'],
  [at('rds', 'db-proxy-name:theirs'), 'rds delete-db-proxy --db-proxy-name theirs'],
  [at('elasticfilesystem', 'mount-target/fsmt-0a1b'), 'efs delete-mount-target --mount-target-id fsmt-0a1b'],
]

/** What was looked up of those whose commands want more than their ARN has. */
export const lookedUp: Readonly<Record<string, DeletionContents>> = {
  'application-autoscaling:scalable-target': {before: [], name: 'service/demo/a'},
  'rds:db-proxy': {before: [], name: 'demo-proxy'},
}
