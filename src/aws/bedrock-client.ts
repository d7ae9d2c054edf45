import {
  BedrockClient,
  type BedrockClientConfig,
  GetFoundationModelAvailabilityCommand,
  GetFoundationModelCommand,
  GetInferenceProfileCommand,
  type Bedrock as WholeBedrock,
} from '@aws-sdk/client-bedrock'
import {createAggregatedClient} from '@smithy/core/client'

/** Amazon Bedrock with the operations that this program calls; the build leaves out the others. */
export type Bedrock = BedrockClient &
  Pick<WholeBedrock, 'getFoundationModel' | 'getFoundationModelAvailability' | 'getInferenceProfile'>

class LeanBedrock extends BedrockClient {}
createAggregatedClient(
  {GetFoundationModelAvailabilityCommand, GetFoundationModelCommand, GetInferenceProfileCommand},
  LeanBedrock,
)

export const Bedrock = LeanBedrock as new (configuration: BedrockClientConfig) => Bedrock
