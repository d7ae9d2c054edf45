import {
  DescribeParametersCommand,
  SSMClient,
  type SSMClientConfig,
  type SSM as WholeSSM,
} from '@aws-sdk/client-ssm'
import {createAggregatedClient} from '@smithy/core/client'

/** SSM with the operations that this program calls; the build leaves out the others. */
export type SSM = SSMClient & Pick<WholeSSM, 'describeParameters'>

class LeanSSM extends SSMClient {}
createAggregatedClient({DescribeParametersCommand}, LeanSSM)

export const SSM = LeanSSM as new (configuration: SSMClientConfig) => SSM
