import type {KnownFailure} from './known-failure.js'

/** Databases, file systems, keys, secrets and parameters, when they are created. */
export const data: readonly KnownFailure[] = [
  {
    id: 'database-zones',
    reason: /DB subnet group doesn't meet availability zone (\(AZ\) )?coverage requirement/i,
    meaning:
      'Aurora takes fewer than two of the Availability Zones that the environment has its private subnets in, and needs two.',
    advice: 'Deploy to another region with `--region`.',
    inAnotherRegion: 'only',
  },
  {
    id: 'database-version',
    reason: /Cannot find version \S+ for aurora/,
    meaning: 'AWS no longer offers that version of Aurora, or does not offer it in this region.',
    advice:
      "Choose a version that the region offers, with `--set DatabaseEngineVersion=…`: `aws rds describe-db-engine-versions --engine aurora-mysql --query 'DBEngineVersions[].EngineVersion'` lists them. Or deploy to another region with `--region`.",
    inAnotherRegion: 'instead',
  },
  {
    id: 'database-downgrade',
    reason: /Cannot upgrade aurora-mysql from \S+ to \S+/,
    meaning:
      'Aurora cannot be changed to an earlier version, or to one that its current version cannot be upgraded to.',
    advice:
      "Set `DatabaseEngineVersion` to the version of the database: `aws rds describe-db-clusters --query 'DBClusters[].[DBClusterIdentifier,EngineVersion]'` shows it.",
  },
  {
    id: 'database-class',
    reason: /RDS does not support creating a DB instance with the following combination/,
    meaning: 'The region does not offer Aurora Serverless v2 for that version of Aurora.',
    advice:
      "Choose a version that the region has as serverless, with `--set DatabaseEngineVersion=…`: `aws rds describe-orderable-db-instance-options --engine aurora-mysql --db-instance-class db.serverless --query 'OrderableDBInstanceOptions[].EngineVersion'` lists them. Where it lists none, deploy to another region with `--region`.",
    inAnotherRegion: 'instead',
  },
  {
    id: 'database-capacity',
    reason: /InsufficientDB(Instance|Cluster)Capacity|do(es)? not (currently )?have sufficient \S+ capacity/i,
    meaning: 'AWS does not have enough capacity for the database in that Availability Zone at the moment.',
    advice: 'Wait 15 minutes and deploy again, or deploy to another region with `--region`.',
    inAnotherRegion: 'instead',
  },
  {
    id: 'database-password',
    reason: /MasterUserPassword is not a valid password/,
    meaning:
      'Aurora does not accept the password: it needs 8 to 41 printable characters, without spaces and the characters / @ ".',
    advice: 'Specify another one with KeycloakDatabasePassword, or omit it to have one generated.',
  },
  {
    id: 'database-user',
    reason: /MasterUsername \S+ cannot be used as it is a reserved word|MasterUsername is not a valid/,
    meaning: 'Aurora does not accept the name of the database user.',
    advice: 'Specify another one with `--set KeycloakDatabaseUsername=…`, or omit it.',
  },
  {
    id: 'database-proxy-targets',
    types: /^AWS::RDS::DBProxyTargetGroup$/,
    reason: /NotStabilized|Exceeded attempts to wait|Timed out waiting for (target group|ProxyTargetGroup)/i,
    meaning:
      'The database proxy could not reach the database or sign in to it: its security group, or the user name or password in its secret, is wrong.',
    advice: [
      'Ask the proxy why: `aws rds describe-db-proxy-targets --db-proxy-name {proxy}`. Then run `mcpgw deploy --repair`, which restores rules of security groups that were deleted, and put the value of the database secret back if someone changed it.',
      'Run `mcpgw deploy --repair`, which restores rules of security groups that were deleted, and put the value of the database secret back if someone changed it.',
    ],
  },
  {
    id: 'database-proxy-time-out',
    types: /^AWS::RDS::DBProxy$/,
    reason:
      /NotStabilized|Exceeded attempts to wait|Timed out waiting for proxy to (become available|terminate)/i,
    meaning:
      'The database proxy took longer than CloudFormation waits: usually Amazon RDS is slow, or the subnets of the proxy have no free addresses.',
    advice:
      "See what state it is in: `aws rds describe-db-proxies --query 'DBProxies[].[DBProxyName,Status]'`. Deploy or tear down again when it is available or gone; `incompatible-network` means that its subnets lack addresses.",
  },
  {
    id: 'database-not-ready',
    reason:
      /is in an unsupported state - \S+, needs to be in|InvalidDB(Instance|Cluster)State|is not currently in the available state/,
    meaning: 'The database could not be changed because another operation on it was in progress.',
    advice: 'Wait until the RDS console shows it as Available, then deploy again.',
  },
  {
    id: 'key-not-usable',
    reason:
      /KMS key (\[\S+\] )?does not exist(, is not enabled)? or (is not allowed to be used|you do not have)|KMS Key Id could not be found|ciphertext refers to a customer master key that does not exist|KMSAccessDenied|KMSKeyNotAccessible/i,
    meaning:
      'A service cannot use the encryption key: the key is gone or disabled, or its policy does not allow the service.',
    advice: [
      'Check the key: `aws kms describe-key --key-id {key}`. Restore its policy if it was changed by hand.',
      'Check the key that the message names in the KMS console. Restore its policy if it was changed by hand.',
    ],
  },
  {
    id: 'key-pending-deletion',
    reason: /key\/\S+ is pending (deletion|import)|KMSInvalidState/,
    meaning: 'The encryption key is scheduled for deletion and can no longer be used.',
    advice: [
      '`aws kms cancel-key-deletion --key-id {key}`, then `aws kms enable-key --key-id {key}`; once it is deleted, everything encrypted with it is lost.',
      'Cancel the deletion of the key, then enable it: KMS console, Key actions; once it is deleted, everything encrypted with it is lost.',
    ],
  },
  {
    id: 'key-policy-lockout',
    reason: /new key policy will not allow you to update the key policy in the future/,
    meaning:
      'KMS does not accept a key policy under which the role that deploys could no longer manage the encryption key.',
    advice: 'Deploy with a role in the same account, not in another account.',
  },
  {
    id: 'mount-target-conflict',
    reason: /mount target already exists in this AZ|MountTargetConflict/,
    meaning:
      'The file system already has a mount target in that Availability Zone, or two of its subnets are in the same zone.',
    advice:
      'Find out who added a mount target by hand and what for, then remove it: EFS console, the file system, Network.',
  },
  {
    id: 'file-system-zone',
    reason: /UnsupportedAvailabilityZone|EFS is not (available|supported) in/i,
    meaning: 'The file system cannot be reached from one of the Availability Zones.',
    advice: 'Deploy to another region with `--region`.',
    inAnotherRegion: 'only',
  },
  {
    id: 'secret-missing',
    statuses: /^(?!DELETE_)/,
    reason:
      /Could not read a value from the resolved secret|Secrets Manager can't find the specified secret|on the secret because it was marked for deletion/,
    meaning: 'A secret that a resource or a task reads does not exist, or has no value yet.',
    advice: [
      'If it was deleted by hand and its recovery window has not ended, restore it: `aws secretsmanager restore-secret --secret-id {secret}`. For one that was deleted permanently, `mcpgw deploy --repair` says what is lost with it, and creates a new one when told to.',
      'If it was deleted by hand and its recovery window has not ended, restore it in the Secrets Manager console, where a preference shows deleted secrets; `mcpgw verify` names one that the environment lacks. For one that was deleted permanently, `mcpgw deploy --repair` says what is lost with it, and creates a new one when told to.',
    ],
  },
  {
    id: 'parameter-missing',
    reason: /Unable to fetch parameters \[.*\] from parameter store|Parameters: \[ssm:\S+\] cannot be found/,
    meaning: 'A parameter that a resource reads does not exist in Parameter Store in this region.',
    advice: 'Create it, or correct its name in the parameters.',
  },
]
