import {
  CloudFrontClient,
  type CloudFrontClientConfig,
  DescribeFunctionCommand,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
  ListFunctionsCommand,
  ListTagsForResourceCommand,
  UpdateDistributionCommand,
  type CloudFront as WholeCloudFront,
} from '@aws-sdk/client-cloudfront'
import {createAggregatedClient} from '@smithy/core/client'

/** CloudFront with the operations that this program calls; the build leaves out the others. */
export type CloudFront = CloudFrontClient &
  Pick<
    WholeCloudFront,
    | 'describeFunction'
    | 'getDistributionConfig'
    | 'listDistributions'
    | 'listFunctions'
    | 'listTagsForResource'
    | 'updateDistribution'
  >

class LeanCloudFront extends CloudFrontClient {}
createAggregatedClient(
  {
    DescribeFunctionCommand,
    GetDistributionConfigCommand,
    ListDistributionsCommand,
    ListFunctionsCommand,
    ListTagsForResourceCommand,
    UpdateDistributionCommand,
  },
  LeanCloudFront,
)

export const CloudFront = LeanCloudFront as new (configuration: CloudFrontClientConfig) => CloudFront
