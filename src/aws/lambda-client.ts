import {
  LambdaClient,
  type LambdaClientConfig,
  ListFunctionsCommand,
  type Lambda as WholeLambda,
} from '@aws-sdk/client-lambda'
import {createAggregatedClient} from '@smithy/core/client'

/** Lambda with the operations that this program calls; the build leaves out the others. */
export type Lambda = LambdaClient & Pick<WholeLambda, 'listFunctions'>

class LeanLambda extends LambdaClient {}
createAggregatedClient({ListFunctionsCommand}, LeanLambda)

export const Lambda = LeanLambda as new (configuration: LambdaClientConfig) => Lambda
