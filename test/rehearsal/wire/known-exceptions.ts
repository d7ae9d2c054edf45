/**
 * What a round trip through the JS SDK cannot preserve, with the reason. Everything that is not listed
 * here has to come through unchanged, in both directions.
 */

export interface Exceptions {
  /** Operations that are not tried at all. */
  readonly skip?: Readonly<Record<string, string>>
  /** Members left out of random values, wherever they occur in the operation (`*` for all operations). */
  readonly without?: Readonly<Record<string, readonly string[]>>
  /** Optional members that the client does not do without. */
  readonly needs?: Readonly<Record<string, readonly string[]>>
  /** Top-level members that the client or HTTP adds or changes by itself: not compared. */
  readonly changed?: Readonly<Record<string, readonly string[]>>
}

// The client computes or checks these: a random value is refused, replaced or compared with the body.
const CHECKSUMS = [
  'ChecksumAlgorithm',
  'ChecksumMode',
  'ChecksumCRC32',
  'ChecksumCRC32C',
  'ChecksumCRC64NVME',
  'ChecksumSHA1',
  'ChecksumSHA256',
  'ChecksumSHA512',
  'ChecksumMD5',
  'ChecksumXXHASH64',
  'ChecksumXXHASH3',
  'ChecksumXXHASH128',
  'ContentMD5',
]

// The client encodes the key and adds its MD5.
const CUSTOMER_KEYS = [
  'SSECustomerKey',
  'SSECustomerKeyMD5',
  'CopySourceSSECustomerKey',
  'CopySourceSSECustomerKeyMD5',
]

export const EXCEPTIONS: Readonly<Record<string, Exceptions>> = {
  bedrock: {
    skip: {
      ExportAutomatedReasoningPolicyVersion: 'its output is the whole body, which nothing here writes',
    },
  },
  lambda: {
    skip: {
      Invoke: 'its output is the whole body and headers, which nothing here writes',
      InvokeAsync: 'the same, of a status that is none of HTTP',
    },
    // The status of the response, which is none that HTTP has when it is drawn at random.
    without: {'*': ['StatusCode']},
    changed: {DeleteFunction: ['StatusCode']},
  },
  servicediscovery: {
    skip: {
      DiscoverInstances: 'goes to a host of its own (a host prefix), which a loopback address cannot have',
      DiscoverInstancesRevision: 'goes to a host of its own (a host prefix)',
    },
  },
  ec2: {
    // The client signs a URL for the other region where there is none.
    changed: {CopySnapshot: ['DestinationRegion', 'PresignedUrl']},
  },
  cloudfront: {
    // HTTP has a content type for every body.
    changed: {GetFunction: ['ContentType'], GetConnectionFunction: ['ContentType']},
  },
  s3: {
    skip: {
      WriteGetObjectResponse:
        'goes to a host of its own (a host prefix), which a loopback address cannot have',
      ListDirectoryBuckets: 'shares its route with ListBuckets; only the JS SDK tells them apart',
    },
    without: {
      '*': [...CHECKSUMS, ...CUSTOMER_KEYS, 'ContentLength', 'Expires', 'ExpiresString'],
    },
    // A copy can fail after the status line: the client takes 200 without a result for that.
    needs: {CopyObject: ['CopyObjectResult'], UploadPartCopy: ['CopyPartResult']},
    changed: {
      // HTTP has a length for every body and the client a content type.
      '*': ['ContentLength', 'ContentType', ...CHECKSUMS],
      // The client fills in its region.
      CreateBucket: ['CreateBucketConfiguration'],
    },
  },
}
