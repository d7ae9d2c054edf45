import {
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  type ECRClientConfig,
  type ECR as WholeECR,
} from '@aws-sdk/client-ecr'
import {createAggregatedClient} from '@smithy/core/client'

/** ECR with the operations that this program calls; the build leaves out the others. */
export type ECR = ECRClient & Pick<WholeECR, 'deleteRepository' | 'describeImages' | 'describeRepositories'>

class LeanECR extends ECRClient {}
createAggregatedClient({DeleteRepositoryCommand, DescribeImagesCommand, DescribeRepositoriesCommand}, LeanECR)

export const ECR = LeanECR as new (configuration: ECRClientConfig) => ECR
