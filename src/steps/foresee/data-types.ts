/** What is lost with a resource that holds data, when another one takes its place or it is removed; by type. */
const losses: Readonly<Record<string, string>> = {
  'AWS::RDS::DBCluster': 'the database with the realm, its users and their passwords',
  'AWS::RDS::GlobalCluster': 'its databases',
  'AWS::EFS::FileSystem': 'all files in it, such as the servers that were registered',
  'AWS::SecretsManager::Secret': 'its value',
  'AWS::KMS::Key': 'everything that is encrypted with it can no longer be read',
  'AWS::Logs::LogGroup': 'the log lines in it',
  'AWS::ECR::Repository': 'the images in it',
  'AWS::S3::Bucket': 'all objects in it',
  'AWS::DynamoDB::Table': 'all items in it',
  'AWS::DocDB::DBCluster': 'its databases',
  'AWS::ElastiCache::ReplicationGroup': 'what is in it',
  'AWS::EC2::Volume': 'the files on it',
}

/**
 * Secrets that a turn of the headers between CloudFront and the load balancers makes anew: generated, and in nobody's
 * hands but theirs, so that the old value is no loss.
 */
const turning = /^(Main|Keycloak)OriginHeader[12]$/

/** What would be lost with a resource; undefined where it holds nothing that its stack does not make again. */
export function lossOf({type, logicalId}: {type: string; logicalId: string}): string | undefined {
  if (type === 'AWS::SecretsManager::Secret' && turning.test(logicalId)) return undefined
  return Object.hasOwn(losses, type) ? losses[type] : undefined
}
