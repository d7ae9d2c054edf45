import {
  CloudFrontClient,
  type CloudFrontClientConfig,
  DescribeFunctionCommand,
  ListDistributionsCommand,
  ListFunctionsCommand,
  ListTagsForResourceCommand,
  type CloudFront as WholeCloudFront,
} from '@aws-sdk/client-cloudfront'
import {createAggregatedClient} from '@smithy/core/client'

/** CloudFront with the operations that this program calls; the build leaves out the others. */
export type CloudFront = CloudFrontClient &
  Pick<WholeCloudFront, 'listFunctions' | 'describeFunction' | 'listDistributions' | 'listTagsForResource'>

class LeanCloudFront extends CloudFrontClient {}
createAggregatedClient(
  {ListFunctionsCommand, DescribeFunctionCommand, ListDistributionsCommand, ListTagsForResourceCommand},
  LeanCloudFront,
)

export const CloudFront = LeanCloudFront as new (configuration: CloudFrontClientConfig) => CloudFront
