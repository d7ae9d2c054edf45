import {
  BatchGetSecretValueCommand,
  DeleteSecretCommand,
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
  Pick<
    WholeSecretsManager,
    'batchGetSecretValue' | 'deleteSecret' | 'getSecretValue' | 'listSecrets' | 'putSecretValue'
  >

class LeanSecretsManager extends SecretsManagerClient {}
createAggregatedClient(
  {
    BatchGetSecretValueCommand,
    DeleteSecretCommand,
    GetSecretValueCommand,
    ListSecretsCommand,
    PutSecretValueCommand,
  },
  LeanSecretsManager,
)

export const SecretsManager = LeanSecretsManager as new (
  configuration: SecretsManagerClientConfig,
) => SecretsManager
