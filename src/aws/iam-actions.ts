/** S3 operations whose permission has another name. Source: service authorization reference, Amazon S3. */
const otherNames: Readonly<Record<string, string>> = {
  's3:DeleteObjects': 's3:DeleteObject',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
}

/** The action of an IAM policy that allows an operation, which is named as in `s3:DeleteObjects`. */
export function actionOf(operation: string): string {
  return otherNames[operation] ?? operation
}
