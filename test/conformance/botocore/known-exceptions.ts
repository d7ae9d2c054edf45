const presigned = 'SourceRegion is for the client alone, which makes a presigned URL of it'
const status =
  'the status of the answer is a member of the output, which botocore reads whether or not it was given'
const marker = 'botocore takes PartNumberMarker for a number, the JS SDK for text; the wire carries the same'

/**
 * What botocore's models and the codecs cannot agree about: service, operation, reason. Everything else has to come
 * through unchanged in both directions, and what is listed has to fail, or it must go from here.
 */
export const KNOWN_EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lambda: {
    DeleteFunction: status,
    InvokeAsync: status,
    SendDurableExecutionCallbackFailure:
      'a body without members is no error to the one, and an error without members to the other',
  },
  rds: {
    CopyDBClusterSnapshot: presigned,
    CopyDBSnapshot: presigned,
    StartDBInstanceAutomatedBackupsReplication: presigned,
  },
  s3: {
    GetBucketLocation:
      "the answer is no structure but one element; botocore's clients read it by hand, its parsers cannot",
    GetObjectAttributes: marker,
    ListParts: marker,
  },
}

const alias = (of: string) =>
  `a deprecated name for ${of}, with a shape of its own: both send one request, which stands for ${of}`
const ownHost = 'goes to a host of its own (a host prefix), which a loopback address cannot have'
const stream = 'is an event stream, which the account does not speak'

/** What is not tried: service, operation, reason. */
export const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bedrock: {
    ExportAutomatedReasoningPolicyVersion:
      'answers with a document as the whole body, which the account writes for no operation',
  },
  lambda: {
    Invoke: 'answers with a payload beside headers, which the account writes for no operation in JSON',
    InvokeWithResponseStream: stream,
  },
  logs: {GetLogObject: stream, StartLiveTail: stream},
  servicediscovery: {DiscoverInstances: ownHost, DiscoverInstancesRevision: ownHost},
  s3: {
    GetBucketLifecycle: alias('GetBucketLifecycleConfiguration'),
    GetBucketNotification: alias('GetBucketNotificationConfiguration'),
    ListDirectoryBuckets: 'shares its route with ListBuckets; only a host of its own tells them apart',
    PutBucketLifecycle: alias('PutBucketLifecycleConfiguration'),
    PutBucketNotification: alias('PutBucketNotificationConfiguration'),
    SelectObjectContent: stream,
    WriteGetObjectResponse: ownHost,
  },
}
