import type {KnownFailure} from './known-failure.js'

/** What keeps a resource from being deleted. */
export const deletion: readonly KnownFailure[] = [
  {
    id: 'secret-missing-at-deletion',
    statuses: /^DELETE_/,
    reason: /Could not read a value from the resolved secret/,
    meaning:
      'The secret that the resource was created with has been deleted, and CloudFormation needs to read it even to delete the resource.',
    advice: [
      'Delete the database by hand, with all its data: `aws rds delete-db-cluster --skip-final-snapshot --db-cluster-identifier {database}`, then `aws rds wait db-cluster-deleted --db-cluster-identifier {database}`. Then tear down again.',
      'Delete it by hand: `aws elbv2 delete-rule --rule-arn {rule}`. Then tear down again.',
      'Delete it by hand: `aws ssm delete-parameter --name {parameter}`. Then tear down again.',
      'Delete the resource by hand in the console of its service, wait until it is deleted, and tear down again.',
    ],
  },
  {
    id: 'security-group-in-use',
    reason: /resource sg-\S+ has a dependent object/,
    meaning:
      'Something that the stack did not create still uses a security group: a network interface, or a rule of another group.',
    advice: [
      "Find it: `aws ec2 describe-network-interfaces --filters 'Name=group-id,Values={group}'` lists the interfaces, and `aws ec2 describe-security-groups --filters 'Name=ip-permission.group-id,Values={group}'` the groups whose rules refer to it. AWS deletes interfaces of Lambda within 40 minutes.",
      'Find it: EC2 console, Network interfaces, and the rules of other groups. AWS deletes interfaces of Lambda within 40 minutes.',
    ],
  },
  {
    id: 'vpc-in-use',
    reason: /The (vpc|subnet) '\S+' has dependencies and cannot be deleted/,
    meaning: 'The VPC or subnet contains something that the stack did not create.',
    advice: [
      "Find and delete it: `aws ec2 describe-network-interfaces --filters 'Name=subnet-id,Values={subnet}'` lists the interfaces in it.",
      "Find and delete it: `aws ec2 describe-network-interfaces --filters 'Name=vpc-id,Values={vpc}'` lists the interfaces, `aws ec2 describe-security-groups --filters 'Name=vpc-id,Values={vpc}'` the groups; the one named `default` is deleted with the VPC.",
      'Find and delete it: the VPC console lists everything under "Delete VPC".',
    ],
  },
  {
    id: 'public-addresses-in-use',
    reason: /has some mapped public address\(es\)/,
    meaning:
      'A public IP address is still in use in the VPC, usually by a load balancer whose interfaces are deleted a few minutes later.',
    advice: [
      "Wait five minutes and tear down again. If it is still there: `aws ec2 describe-network-interfaces --filters 'Name=vpc-id,Values={vpc}' --query 'NetworkInterfaces[?Association].[NetworkInterfaceId,Description]'` shows what uses it.",
      'Wait five minutes and tear down again. If it is still there: EC2 console, Elastic IPs and Network interfaces show what uses it.',
    ],
  },
  {
    id: 'network-interface-in-use',
    reason:
      /[Nn]etwork interface '?eni-\S+'? is (currently )?in use|InvalidNetworkInterface\.InUse|do not have permission to access the specified resource.*eni-/,
    meaning: 'A network interface belongs to something that is still running.',
    advice: [
      "See what it is: `aws ec2 describe-network-interfaces --network-interface-ids {interface} --query 'NetworkInterfaces[].Description'`, and delete that.",
      'See what it is from its description: EC2 console, Network interfaces; and delete that.',
    ],
  },
  {
    id: 'address-in-use',
    types: /^AWS::EC2::EIP$/,
    reason: /Address .*(is in use|does not belong to you)|InvalidIPAddress\.InUse/,
    meaning: 'An Elastic IP address is associated with something that the stack did not create.',
    advice: [
      'See what uses it: `aws ec2 describe-addresses --public-ips {id}`. If that is a resource of the environment, tear down again, which releases the address; otherwise disassociate it in the EC2 console (Elastic IPs, Disassociate) if its user does not need it.',
      'See what uses it: EC2 console, Elastic IPs. If that is a resource of the environment, tear down again, which releases the address; otherwise disassociate it there (Disassociate) if its user does not need it.',
    ],
  },
  {
    id: 'load-balancer-protected',
    reason: /Load balancer '\S+' cannot be deleted because deletion protection is enabled/,
    meaning: 'Someone enabled deletion protection for the load balancer.',
    advice: [
      "Disable it if the load balancer can be deleted: `aws elbv2 modify-load-balancer-attributes --load-balancer-arn {loadBalancer} --attributes 'Key=deletion_protection.enabled,Value=false'`.",
      'Disable it if the load balancer can be deleted: EC2 console, Load balancers, Attributes.',
    ],
  },
  {
    id: 'target-group-in-use',
    reason: /Target group '\S+' is currently in use by a listener or a rule/,
    meaning: 'A listener that the stack did not create forwards to the target group.',
    advice: [
      "See which load balancer uses it: `aws elbv2 describe-target-groups --target-group-arns {targetGroup} --query 'TargetGroups[].LoadBalancerArns[]'`. Delete the listener or rule there that forwards to it: EC2 console, Load balancers.",
      'Delete that listener or rule: EC2 console, Target groups, column "Load balancer".',
    ],
  },
  {
    id: 'database-protected',
    reason: /Cannot delete protected (Cluster|DB Instance)/,
    meaning: 'Someone enabled deletion protection for the database.',
    advice: [
      'Disable it if the data can be deleted: `aws rds modify-db-cluster --db-cluster-identifier {id} --no-deletion-protection`.',
      'Disable it if the data can be deleted: RDS console, Modify, Deletion protection.',
    ],
  },
  {
    id: 'database-snapshot-exists',
    types: /^AWS::RDS::/,
    reason: /Cannot (create|take) .*snapshot because one with the identifier|DBClusterSnapshotAlreadyExists/i,
    meaning: 'The final snapshot cannot be created, because a snapshot with that name already exists.',
    advice: [
      'Keep the older one under another name: `aws rds copy-db-cluster-snapshot --source-db-cluster-snapshot-identifier {snapshot} --target-db-cluster-snapshot-identifier {snapshot}-copy`. When the copy is available, delete the original: `aws rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier {snapshot}`. Then tear down again.',
      'Keep the older one under another name (RDS console, Snapshots, Copy), and when the copy is available, delete the original. Then tear down again.',
    ],
  },
  {
    id: 'database-has-members',
    reason:
      /Cluster cannot be deleted, it still contains DB instances|still using it|still members of this parameter group/,
    meaning:
      'The database still has an instance: one whose deletion has not finished, or one that the stack did not create.',
    advice: [
      "See which one: `aws rds describe-db-clusters --db-cluster-identifier {id} --query 'DBClusters[].DBClusterMembers[].DBInstanceIdentifier'`. If it lists none, or only instances that are being deleted, wait until they are gone and tear down again; delete any others in the RDS console.",
      "See which one: `aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,DBInstanceStatus,DBClusterIdentifier]'`. If the database has none, or only instances that are being deleted, wait until they are gone and tear down again; delete any others in the RDS console.",
    ],
  },
  {
    id: 'repository-not-empty',
    reason:
      /repository with name '\S+' .*cannot be deleted because it still contains images|RepositoryNotEmpty/,
    meaning: 'An image repository contains images, and is not set to be deleted with them.',
    advice: [
      'Delete it with its images: `aws ecr delete-repository --force --repository-name {repository}`.',
      'Delete it with its images: ECR console, Delete.',
    ],
  },
  {
    id: 'bucket-not-empty',
    reason: /bucket you tried to delete is not empty|BucketNotEmpty/,
    meaning: 'A bucket contains objects, or earlier versions of them.',
    advice:
      'Copy what is still needed, then empty it: S3 console, the bucket, Empty, which takes the versions as well.',
  },
  {
    id: 'file-system-in-use',
    reason: /file system '?\S+'? has mount targets and cannot be deleted|FileSystemInUse/,
    meaning: 'The file system has a mount target that the stack did not create.',
    advice: [
      'See which one: `aws efs describe-mount-targets --file-system-id {fileSystem}`. Delete them (EFS console, Network), then tear down again.',
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
    meaning: 'A service or task still uses the capacity provider of the cluster.',
    advice: [
      'Wait a few minutes and tear down again; stop tasks that the stack did not start: `aws ecs list-tasks --cluster {id}`.',
      'Wait a few minutes and tear down again; stop tasks that the stack did not start: ECS console, the cluster, Tasks.',
    ],
  },
  {
    id: 'namespace-in-use',
    reason: /Namespace has associated services|Service contains registered instances/,
    meaning:
      'The private domain still has entries: ECS removes them a few minutes after the tasks have stopped.',
    advice: [
      "Wait five minutes and tear down again; a teardown also does this by itself. If they are still there: `aws servicediscovery list-services --filters 'Name=NAMESPACE_ID,Values={id}'` shows them; delete them in the AWS Cloud Map console.",
      'Wait five minutes and tear down again; a teardown also does this by itself. If they are still there, delete them in the AWS Cloud Map console.',
    ],
  },
  {
    id: 'certificate-in-use',
    reason: /Certificate \S+ in account \d+ is in use/,
    meaning: 'A listener or a distribution that the stack did not create uses the certificate.',
    advice: [
      'See which: `aws acm describe-certificate --certificate-arn {certificate} --query Certificate.InUseBy`. Give it another certificate, or delete it when nobody needs it, then tear down again.',
      'See which: ACM console, the certificate, Associated resources. Give it another certificate, or delete it when nobody needs it, then tear down again.',
    ],
  },
  {
    id: 'hosted-zone-not-empty',
    reason: /contains non-required resource record sets|HostedZoneNotEmpty/,
    meaning: 'A hosted zone contains records that the stack did not create.',
    advice:
      'Delete those that nobody needs in the Route 53 console, make the others in another zone first, then tear down again.',
  },
  {
    id: 'role-in-use',
    reason: /Cannot delete entity, must (detach|remove|delete)/,
    meaning: 'Someone attached something to a role or policy of the stack.',
    advice: [
      'Detach it: `aws iam list-attached-role-policies --role-name {id}` and `aws iam list-role-policies --role-name {id}` show what is attached; detach it in the IAM console, Roles.',
      'Detach it: IAM console, Roles.',
    ],
  },
  {
    id: 'distribution-not-disabled',
    reason: /distribution you are trying to delete has not been disabled|DistributionNotDisabled/,
    meaning: 'CloudFront had not yet disabled the distribution everywhere.',
    advice: 'Wait until the CloudFront console shows it as Disabled and Deployed, then tear down again.',
  },
]
