import {
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
  type SecretsManager as WholeSecretsManager,
} from '@aws-sdk/client-secrets-manager'
import {createAggregatedClient} from '@smithy/core/client'

/** SecretsManager with the operations that this program calls; the build leaves out the others. */
export type SecretsManager = SecretsManagerClient &
  Pick<WholeSecretsManager, 'getSecretValue' | 'listSecrets' | 'putSecretValue'>

class LeanSecretsManager extends SecretsManagerClient {}
createAggregatedClient({GetSecretValueCommand, ListSecretsCommand, PutSecretValueCommand}, LeanSecretsManager)

export const SecretsManager = LeanSecretsManager as new (
  configuration: SecretsManagerClientConfig,
) => SecretsManager
