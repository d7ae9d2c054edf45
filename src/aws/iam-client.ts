import {
  GetAccountAuthorizationDetailsCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  type IAMClientConfig,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
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
    | 'listPolicies'
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
    ListPoliciesCommand,
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
