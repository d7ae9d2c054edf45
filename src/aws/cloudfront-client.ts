import {
  CloudFrontClient,
  type CloudFrontClientConfig,
  ListDistributionsCommand,
  type CloudFront as WholeCloudFront,
} from '@aws-sdk/client-cloudfront'
import {createAggregatedClient} from '@smithy/core/client'

/** CloudFront with the operations that this program calls; the build leaves out the others. */
export type CloudFront = CloudFrontClient & Pick<WholeCloudFront, 'listDistributions'>

class LeanCloudFront extends CloudFrontClient {}
createAggregatedClient({ListDistributionsCommand}, LeanCloudFront)

export const CloudFront = LeanCloudFront as new (configuration: CloudFrontClientConfig) => CloudFront
