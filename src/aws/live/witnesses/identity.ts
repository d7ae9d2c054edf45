import type {LiveState} from '../state.js'
import type {Witness} from '../witness.js'

/** The most that a page may have. Source: IAM API reference, GetAccountAuthorizationDetails. */
const rolesPerPage = 1000

/**
 * The roles of the account, each with its policies; of an account with more than a page, those of the first one. IAM deletes
 * no managed policy that is attached.
 */
const roles: Witness = {
  types: ['AWS::IAM::Role', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'],
  async ask(clients, ids, sightings) {
    if (ids('AWS::IAM::Role').length === 0) return
    const iam = await clients.iam()
    const {RoleDetailList = []} = await iam.getAccountAuthorizationDetails({
      Filter: ['Role'],
      MaxItems: rolesPerPage,
    })
    for (const {RoleName, RolePolicyList = [], AttachedManagedPolicies = []} of RoleDetailList) {
      const attached = AttachedManagedPolicies.flatMap(({PolicyArn}) => PolicyArn ?? [])
      const inline = RolePolicyList.flatMap(({PolicyName}) => PolicyName ?? [])
      sightings.add('AWS::IAM::Role', RoleName, {is: 'role', attached, inline} satisfies LiveState)
      for (const name of inline) sightings.add('AWS::IAM::RolePolicy', `${name}|${RoleName}`)
      for (const arn of attached) sightings.add('AWS::IAM::ManagedPolicy', arn)
    }
  },
}

export const identityWitnesses: readonly Witness[] = [roles]
