import {
  GetAccountAuthorizationDetailsCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  type IAMClientConfig,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  SimulatePrincipalPolicyCommand,
  type IAM as WholeIAM,
} from '@aws-sdk/client-iam'
import {createAggregatedClient} from '@smithy/core/client'

/** IAM with the operations that this program calls; the build leaves out the others. */
export type IAM = IAMClient &
  Pick<
    WholeIAM,
    | 'getAccountAuthorizationDetails'
    | 'getPolicy'
    | 'getRole'
    | 'getUser'
    | 'listAccountAliases'
    | 'listAttachedRolePolicies'
    | 'listRolePolicies'
    | 'listRoles'
    | 'simulatePrincipalPolicy'
  >

class LeanIAM extends IAMClient {}
createAggregatedClient(
  {
    GetAccountAuthorizationDetailsCommand,
    GetPolicyCommand,
    GetRoleCommand,
    GetUserCommand,
    ListAccountAliasesCommand,
    ListAttachedRolePoliciesCommand,
    ListRolePoliciesCommand,
    ListRolesCommand,
    SimulatePrincipalPolicyCommand,
  },
  LeanIAM,
)

export const IAM = LeanIAM as new (configuration: IAMClientConfig) => IAM
