import type {KnownFailure} from './known-failure.js'

/** What keeps a resource from being deleted. */
export const deletion: readonly KnownFailure[] = [
  {
    id: 'secret-missing-at-deletion',
    statuses: /^DELETE_/,
    reason: /Could not read a value from the resolved secret/,
    meaning:
      'The secret that the resource was made with is deleted, and CloudFormation wants to read it even to delete the resource.',
    advice: [
      'Delete the database by hand, with all that is in it: `aws rds delete-db-cluster --skip-final-snapshot --db-cluster-identifier {database}`, then `aws rds wait db-cluster-deleted --db-cluster-identifier {database}`. Then tear down again.',
      'Delete it by hand: `aws elbv2 delete-rule --rule-arn {rule}`. Then tear down again.',
      'Delete it by hand: `aws ssm delete-parameter --name {parameter}`. Then tear down again.',
      'Delete the resource by hand in the console of its service, wait until it is gone, and tear down again.',
    ],
  },
  {
    id: 'security-group-in-use',
    reason: /resource sg-\S+ has a dependent object/,
    meaning:
      'Something that the stack did not make still uses a security group: a network interface, or a rule of another group.',
    advice: [
      "Find it: `aws ec2 describe-network-interfaces --filters 'Name=group-id,Values={group}'` lists the interfaces, and `aws ec2 describe-security-groups --filters 'Name=ip-permission.group-id,Values={group}'` the groups whose rules name it. Interfaces of Lambda go by themselves within 40 minutes.",
      'Find it: EC2 console, Network interfaces, and the rules of other groups. Interfaces of Lambda go by themselves within 40 minutes.',
    ],
  },
  {
    id: 'vpc-in-use',
    reason: /The (vpc|subnet) '\S+' has dependencies and cannot be deleted/,
    meaning: 'The VPC or subnet contains something that the stack did not create.',
    advice: [
      "Find and delete it: `aws ec2 describe-network-interfaces --filters 'Name=subnet-id,Values={subnet}'` lists the interfaces in it.",
      "Find and delete it: `aws ec2 describe-network-interfaces --filters 'Name=vpc-id,Values={vpc}'` lists the interfaces, `aws ec2 describe-security-groups --filters 'Name=vpc-id,Values={vpc}'` the groups, of which the one called default goes with the VPC.",
      'Find and delete it: the VPC console lists all under "Delete VPC".',
    ],
  },
  {
    id: 'public-addresses-in-use',
    reason: /has some mapped public address\(es\)/,
    meaning:
      'A public address is still in use in the VPC, mostly by a load balancer whose interfaces linger for some minutes.',
    advice: [
      "Wait five minutes and tear down again. When it stays: `aws ec2 describe-network-interfaces --filters 'Name=vpc-id,Values={vpc}' --query 'NetworkInterfaces[?Association].[NetworkInterfaceId,Description]'` shows whose it is.",
      'Wait five minutes and tear down again. When it stays: EC2 console, Elastic IPs and Network interfaces show whose it is.',
    ],
  },
  {
    id: 'network-interface-in-use',
    reason:
      /[Nn]etwork interface '?eni-\S+'? is (currently )?in use|InvalidNetworkInterface\.InUse|do not have permission to access the specified resource.*eni-/,
    meaning: 'A network interface belongs to something that runs still.',
    advice: [
      "See what: `aws ec2 describe-network-interfaces --network-interface-ids {interface} --query 'NetworkInterfaces[].Description'`, and delete that.",
      'See what, by its description: EC2 console, Network interfaces; and delete that.',
    ],
  },
  {
    id: 'address-in-use',
    types: /^AWS::EC2::EIP$/,
    reason: /Address .*(is in use|does not belong to you)|InvalidIPAddress\.InUse/,
    meaning: 'An Elastic IP address is attached to something that the stack did not make.',
    advice: 'Detach it: EC2 console, Elastic IPs, Disassociate.',
  },
  {
    id: 'load-balancer-protected',
    reason: /Load balancer '\S+' cannot be deleted because deletion protection is enabled/,
    meaning: 'Somebody protected the load balancer against deletion.',
    advice: [
      "Lift it if it may go: `aws elbv2 modify-load-balancer-attributes --load-balancer-arn {loadBalancer} --attributes 'Key=deletion_protection.enabled,Value=false'`.",
      'Lift it if it may go: EC2 console, Load balancers, Attributes.',
    ],
  },
  {
    id: 'target-group-in-use',
    reason: /Target group '\S+' is currently in use by a listener or a rule/,
    meaning: 'A listener that the stack did not make sends to the target group.',
    advice: [
      "See which load balancer has it: `aws elbv2 describe-target-groups --target-group-arns {targetGroup} --query 'TargetGroups[].LoadBalancerArns[]'`. Delete the listener or rule there that sends to it: EC2 console, Load balancers.",
      'Delete that listener or rule: EC2 console, Target groups, column "Load balancer".',
    ],
  },
  {
    id: 'database-protected',
    reason: /Cannot delete protected (Cluster|DB Instance)/,
    meaning: 'Somebody protected the database against deletion.',
    advice: [
      'Lift it if the data may go: `aws rds modify-db-cluster --db-cluster-identifier {id} --no-deletion-protection`.',
      'Lift it if the data may go: RDS console, Modify, Deletion protection.',
    ],
  },
  {
    id: 'database-snapshot-exists',
    types: /^AWS::RDS::/,
    reason: /Cannot (create|take) .*snapshot because one with the identifier|DBClusterSnapshotAlreadyExists/i,
    meaning: 'The last snapshot cannot be kept, because one of that name exists.',
    advice: 'Delete or copy the older one: `aws rds describe-db-cluster-snapshots`.',
  },
  {
    id: 'database-has-members',
    reason:
      /Cluster cannot be deleted, it still contains DB instances|still using it|still members of this parameter group/,
    meaning:
      'The database still has an instance: one whose deletion has not ended, or one that the stack did not make.',
    advice: [
      "See which: `aws rds describe-db-clusters --db-cluster-identifier {id} --query 'DBClusters[].DBClusterMembers[].DBInstanceIdentifier'`. Where it lists none, or what is being deleted, wait until that is gone and tear down again; delete the others in the RDS console.",
      "See which: `aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,DBInstanceStatus,DBClusterIdentifier]'`. Where there is none of it, or it is being deleted, wait until that is gone and tear down again; delete the others in the RDS console.",
    ],
  },
  {
    id: 'repository-not-empty',
    reason:
      /repository with name '\S+' .*cannot be deleted because it still contains images|RepositoryNotEmpty/,
    meaning: 'An image repository holds images, and is not told to go with them.',
    advice: [
      'Delete it with its images: `aws ecr delete-repository --force --repository-name {repository}`.',
      'Delete it with its images: ECR console, Delete.',
    ],
  },
  {
    id: 'bucket-not-empty',
    reason: /bucket you tried to delete is not empty|BucketNotEmpty/,
    meaning: 'A bucket holds objects, or earlier versions of them.',
    advice: 'Empty it: S3 console, the bucket, Empty, which takes the versions as well.',
  },
  {
    id: 'file-system-in-use',
    reason: /file system '?\S+'? has mount targets and cannot be deleted|FileSystemInUse/,
    meaning: 'The file system has a mount target that the stack did not make.',
    advice: [
      'See which: `aws efs describe-mount-targets --file-system-id {fileSystem}`. Delete them (EFS console, Network), then tear down again.',
      'Delete it (EFS console, Network), then tear down again.',
    ],
  },
  {
    id: 'cluster-in-use',
    reason: /Cluster cannot be deleted while (Services|Tasks|Container Instances) are active/i,
    meaning: 'Something runs in the ECS cluster that the stack did not start.',
    advice: [
      'Stop it: `aws ecs list-services --cluster {id}` and `aws ecs list-tasks --cluster {id}` show what.',
      'Stop it: ECS console, the cluster, Services and Tasks show what.',
    ],
  },
  {
    id: 'capacity-provider-in-use',
    reason: /capacity provider is in use and cannot be removed/,
    meaning: 'A service or task still runs on the capacity of the cluster.',
    advice: [
      'Wait some minutes and tear down again; stop tasks that the stack did not start: `aws ecs list-tasks --cluster {id}`.',
      'Wait some minutes and tear down again; stop tasks that the stack did not start: ECS console, the cluster, Tasks.',
    ],
  },
  {
    id: 'namespace-in-use',
    reason: /Namespace has associated services|Service contains registered instances/,
    meaning: 'The private domain still has entries: ECS removes them some minutes after the tasks have gone.',
    advice: [
      "Wait five minutes and tear down again; a teardown does so by itself. When they stay: `aws servicediscovery list-services --filters 'Name=NAMESPACE_ID,Values={id}'` shows them; delete them in the AWS Cloud Map console.",
      'Wait five minutes and tear down again; a teardown does so by itself. When they stay, delete them in the AWS Cloud Map console.',
    ],
  },
  {
    id: 'certificate-in-use',
    reason: /Certificate \S+ in account \d+ is in use/,
    meaning: 'A listener or a distribution that the stack did not make uses the certificate.',
    advice: [
      'See which: `aws acm describe-certificate --certificate-arn {certificate} --query Certificate.InUseBy`.',
      'See which: ACM console, the certificate, Associated resources.',
    ],
  },
  {
    id: 'hosted-zone-not-empty',
    reason: /contains non-required resource record sets|HostedZoneNotEmpty/,
    meaning: 'A hosted zone holds records that the stack did not make.',
    advice: 'Delete them in the Route 53 console, then tear down again.',
  },
  {
    id: 'role-in-use',
    reason: /Cannot delete entity, must (detach|remove|delete)/,
    meaning: 'Somebody attached something to a role or policy of the stack.',
    advice: [
      'Detach it: `aws iam list-attached-role-policies --role-name {id}` and `aws iam list-role-policies --role-name {id}` show what; the IAM console, Roles, removes it.',
      'Detach it: IAM console, Roles.',
    ],
  },
  {
    id: 'distribution-not-disabled',
    reason: /distribution you are trying to delete has not been disabled|DistributionNotDisabled/,
    meaning: 'CloudFront had not yet switched the distribution off everywhere.',
    advice: 'Wait until the CloudFront console shows it as Disabled and Deployed, then tear down again.',
  },
]
