import type {KnownFailure} from './known-failure.js'

/** Databases, file systems, keys, secrets and parameters, when they are made. */
export const data: readonly KnownFailure[] = [
  {
    id: 'database-zones',
    reason: /DB subnet group doesn't meet availability zone (\(AZ\) )?coverage requirement/i,
    meaning: 'The subnets of the database lie in fewer Availability Zones than Aurora needs.',
    advice: 'Choose a region with three zones, for example us-west-2.',
  },
  {
    id: 'database-version',
    reason: /Cannot find version \S+ for aurora/,
    meaning: 'AWS no longer offers that version of Aurora, or not in this region.',
    advice:
      "Choose a version that the region has, with `--set DatabaseEngineVersion=…`: `aws rds describe-db-engine-versions --engine aurora-mysql --query 'DBEngineVersions[].EngineVersion'` lists them. Or choose another region.",
  },
  {
    id: 'database-downgrade',
    reason: /Cannot upgrade aurora-mysql from \S+ to \S+/,
    meaning:
      'Aurora does not go back to an earlier version, nor to one that does not follow on the present one.',
    advice:
      "Leave `DatabaseEngineVersion` as the database has it: `aws rds describe-db-clusters --query 'DBClusters[].[DBClusterIdentifier,EngineVersion]'` says what that is.",
  },
  {
    id: 'database-class',
    reason: /RDS does not support creating a DB instance with the following combination/,
    meaning: 'The region has no serverless capacity for that version of Aurora.',
    advice:
      'Choose another region: `aws rds describe-orderable-db-instance-options --engine aurora-mysql --db-instance-class db.serverless`.',
  },
  {
    id: 'database-capacity',
    reason: /InsufficientDB(Instance|Cluster)Capacity|do(es)? not (currently )?have sufficient \S+ capacity/i,
    meaning: 'AWS has no room for the database in that Availability Zone at the moment.',
    advice: 'Wait a quarter of an hour and deploy again, or deploy in another region.',
  },
  {
    id: 'database-password',
    reason: /MasterUserPassword is not a valid password/,
    meaning:
      'Aurora does not accept the password: it needs 8 to 41 printable characters without / @ " and spaces.',
    advice: 'Give another with KeycloakDatabasePassword, or none at all: then one is made up.',
  },
  {
    id: 'database-user',
    reason: /MasterUsername \S+ cannot be used as it is a reserved word|MasterUsername is not a valid/,
    meaning: 'Aurora does not accept the name of the database user.',
    advice: 'Give another with `--set KeycloakDatabaseUsername=…`, or leave it out.',
  },
  {
    id: 'database-proxy-targets',
    types: /^AWS::RDS::DBProxyTargetGroup$/,
    reason: /NotStabilized|Exceeded attempts to wait|Timed out waiting for (target group|ProxyTargetGroup)/i,
    meaning:
      'The database proxy could not reach the database or sign in to it: its security group, or the user and password in its secret, do not fit.',
    advice: [
      'Ask the proxy why: `aws rds describe-db-proxy-targets --db-proxy-name {environment}-keycloak-proxy`. Restore what was changed by hand in the security groups or the secret.',
      'Ask the proxy why: RDS console, Proxies, Target groups. Restore what was changed by hand in the security groups or the secret.',
    ],
  },
  {
    id: 'database-proxy-time-out',
    types: /^AWS::RDS::DBProxy$/,
    reason:
      /NotStabilized|Exceeded attempts to wait|Timed out waiting for proxy to (become available|terminate)/i,
    meaning:
      'The database proxy took longer than CloudFormation waits: mostly Amazon RDS is slow, or its subnets have no free addresses.',
    advice:
      "Look what state it is in: `aws rds describe-db-proxies --query 'DBProxies[].[DBProxyName,Status]'`. Deploy or tear down again when it is available or gone; `incompatible-network` means that its subnets lack addresses.",
  },
  {
    id: 'database-not-ready',
    reason:
      /is in an unsupported state - \S+, needs to be in|InvalidDB(Instance|Cluster)State|is not currently in the available state/,
    meaning: 'The database was busy with something else when it was to be changed.',
    advice: 'Wait until the RDS console shows it as Available, then deploy again.',
  },
  {
    id: 'key-not-usable',
    reason:
      /KMS key (\[\S+\] )?does not exist(, is not enabled)? or (is not allowed to be used|you do not have)|KMS Key Id could not be found|ciphertext refers to a customer master key that does not exist|KMSAccessDenied|KMSKeyNotAccessible/i,
    meaning:
      'A service cannot use the encryption key: the key is gone or disabled, or its policy does not name the service.',
    advice: [
      'Look at the key: `aws kms describe-key --key-id {key}`. Restore its policy if it was changed by hand.',
      'Look at the key that the message names in the KMS console. Restore its policy if it was changed by hand.',
    ],
  },
  {
    id: 'key-pending-deletion',
    reason: /key\/\S+ is pending (deletion|import)|KMSInvalidState/,
    meaning: 'The encryption key waits for its deletion and works no more.',
    advice: [
      '`aws kms cancel-key-deletion --key-id {key}`, then `aws kms enable-key --key-id {key}`; what it encrypted is lost once it is gone.',
      'Cancel the deletion of the key, then enable it: KMS console, Key actions; what it encrypted is lost once it is gone.',
    ],
  },
  {
    id: 'key-policy-lockout',
    reason: /new key policy will not allow you to update the key policy in the future/,
    meaning: 'The role that deploys could not manage the encryption key afterwards, which KMS refuses.',
    advice: 'Deploy with a role of the same account, not one of another account.',
  },
  {
    id: 'mount-target-conflict',
    reason: /mount target already exists in this AZ|MountTargetConflict/,
    meaning:
      'The file system has a way in from that Availability Zone already, or two of its subnets lie in one zone.',
    advice: 'Remove the mount target that was added by hand: EFS console, Network.',
  },
  {
    id: 'file-system-zone',
    reason: /UnsupportedAvailabilityZone|EFS is not (available|supported) in/i,
    meaning: 'The file system cannot be reached from one of the Availability Zones.',
    advice: 'Choose another region.',
  },
  {
    id: 'secret-missing',
    statuses: /^(?!DELETE_)/,
    reason: /Could not read a value from the resolved secret|Secrets Manager can't find the specified secret/,
    meaning: 'A secret that something reads does not exist, or has no value yet.',
    advice: [
      'If it was deleted by hand and its waiting time lasts, it can be had back: `aws secretsmanager restore-secret --secret-id {secret}`. One that was deleted for good is gone: tear the environment down with `mcpgw teardown`, and deploy again.',
      'If it was deleted by hand and its waiting time lasts, it can be had back in the Secrets Manager console, where the preferences show deleted secrets; `mcpgw verify` names one that the environment lacks. One that was deleted for good is gone: tear the environment down with `mcpgw teardown`, and deploy again.',
    ],
  },
  {
    id: 'parameter-missing',
    reason: /Unable to fetch parameters \[.*\] from parameter store|Parameters: \[ssm:\S+\] cannot be found/,
    meaning: 'A parameter that something reads does not exist in Parameter Store of this region.',
    advice: 'Create it, or correct its name in the parameters.',
  },
]
