import type {KnownFailure} from './known-failure.js'

/** What keeps a resource from being deleted. */
export const deletion: readonly KnownFailure[] = [
  {
    id: 'security-group-in-use',
    reason: /resource sg-\S+ has a dependent object/,
    meaning:
      'Something that the stack did not make still uses a security group: a network interface, or a rule of another group.',
    advice:
      'Find it: `aws ec2 describe-network-interfaces --filters Name=group-id,Values=SG`. Interfaces of Lambda go by themselves within 40 minutes.',
  },
  {
    id: 'vpc-in-use',
    reason: /The (vpc|subnet) '\S+' has dependencies and cannot be deleted/,
    meaning: 'The VPC or subnet contains something that the stack did not create.',
    advice:
      'Find and delete it: `aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=VPC`; the VPC console lists the rest under "Delete VPC".',
  },
  {
    id: 'public-addresses-in-use',
    reason: /has some mapped public address\(es\)/,
    meaning:
      'A public address is still in use in the VPC, mostly by a load balancer whose interfaces linger for some minutes.',
    advice:
      'Wait five minutes and tear down again. When it stays: `aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=VPC` shows whose it is.',
  },
  {
    id: 'network-interface-in-use',
    reason:
      /[Nn]etwork interface '?eni-\S+'? is (currently )?in use|InvalidNetworkInterface\.InUse|do not have permission to access the specified resource.*eni-/,
    meaning: 'A network interface belongs to something that runs still.',
    advice:
      'See what: `aws ec2 describe-network-interfaces --network-interface-ids ENI --query NetworkInterfaces[].Description`, and delete that.',
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
    advice:
      'Lift it if it may go: `aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=deletion_protection.enabled,Value=false`.',
  },
  {
    id: 'target-group-in-use',
    reason: /Target group '\S+' is currently in use by a listener or a rule/,
    meaning: 'A listener that the stack did not make sends to the target group.',
    advice: 'Delete that listener or rule: EC2 console, Target groups, column "Load balancer".',
  },
  {
    id: 'database-protected',
    reason: /Cannot delete protected (Cluster|DB Instance)/,
    meaning: 'Somebody protected the database against deletion.',
    advice:
      'Lift it if the data may go: `aws rds modify-db-cluster --db-cluster-identifier NAME --no-deletion-protection`.',
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
    meaning: 'The database has an instance that the stack did not make, or one whose deletion has not ended.',
    advice:
      'Delete the instances that were added by hand (RDS console), wait until they are gone, and tear down again.',
  },
  {
    id: 'repository-not-empty',
    reason:
      /repository with name '\S+' .*cannot be deleted because it still contains images|RepositoryNotEmpty/,
    meaning: 'An image repository holds images, and is not told to go with them.',
    advice: 'Delete it with its images: `aws ecr delete-repository --force --repository-name NAME`.',
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
    advice: 'Delete it: EFS console, Network; then tear down again.',
  },
  {
    id: 'cluster-in-use',
    reason: /Cluster cannot be deleted while (Services|Tasks|Container Instances) are active/i,
    meaning: 'Something runs in the ECS cluster that the stack did not start.',
    advice:
      'Stop it: `aws ecs list-services --cluster NAME` and `aws ecs list-tasks --cluster NAME` show what.',
  },
  {
    id: 'capacity-provider-in-use',
    reason: /capacity provider is in use and cannot be removed/,
    meaning: 'A service or task still runs on the capacity of the cluster.',
    advice:
      'Wait some minutes and tear down again; stop tasks that the stack did not start: `aws ecs list-tasks --cluster NAME`.',
  },
  {
    id: 'namespace-in-use',
    reason: /Namespace has associated services|Service contains registered instances/,
    meaning: 'The private domain still has entries: ECS removes them some minutes after the tasks have gone.',
    advice:
      'Wait five minutes and tear down again; a teardown does so by itself. When they stay: `aws servicediscovery list-services`, then `aws servicediscovery delete-service --id ID`.',
  },
  {
    id: 'certificate-in-use',
    reason: /Certificate \S+ in account \d+ is in use/,
    meaning: 'A listener or a distribution that the stack did not make uses the certificate.',
    advice: 'See which: `aws acm describe-certificate --certificate-arn ARN --query Certificate.InUseBy`.',
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
    advice:
      'Detach it: `aws iam list-attached-role-policies --role-name NAME`, then `aws iam detach-role-policy`.',
  },
  {
    id: 'distribution-not-disabled',
    reason: /distribution you are trying to delete has not been disabled|DistributionNotDisabled/,
    meaning: 'CloudFront had not yet switched the distribution off everywhere.',
    advice: 'Wait until the CloudFront console shows it as Disabled and Deployed, then tear down again.',
  },
]
