import {
  GetRoleCommand,
  IAMClient,
  type IAMClientConfig,
  ListAccountAliasesCommand,
  ListRolesCommand,
  SimulatePrincipalPolicyCommand,
  type IAM as WholeIAM,
} from '@aws-sdk/client-iam'
import {createAggregatedClient} from '@smithy/core/client'

/** IAM with the operations that this program calls; the build leaves out the others. */
export type IAM = IAMClient &
  Pick<WholeIAM, 'getRole' | 'listAccountAliases' | 'listRoles' | 'simulatePrincipalPolicy'>

class LeanIAM extends IAMClient {}
createAggregatedClient(
  {GetRoleCommand, ListAccountAliasesCommand, ListRolesCommand, SimulatePrincipalPolicyCommand},
  LeanIAM,
)

export const IAM = LeanIAM as new (configuration: IAMClientConfig) => IAM
