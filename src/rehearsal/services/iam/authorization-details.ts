import type {Resource} from '../../account/account.js'
import {text} from '../../resources/values.js'

/** What is known of a role beside its entry. */
export interface RolePolicies {
  /** ARNs of managed policies. */
  readonly attached: readonly string[]
  /** Properties of inline policies. */
  readonly inline: readonly Readonly<Record<string, unknown>>[]
}

/** A role as GetAccountAuthorizationDetails shows it. Source: IAM API reference, RoleDetail. */
export function roleDetail<Entry extends {Path: string; RoleName: string}>(
  {
    Description: _,
    MaxSessionDuration: __,
    ...entry
  }: Entry & {
    Description?: string | undefined
    MaxSessionDuration?: number
  },
  {attached, inline}: RolePolicies,
) {
  return {
    ...entry,
    InstanceProfileList: [],
    AttachedManagedPolicies: attached.map(PolicyArn => ({PolicyArn, PolicyName: lastOf(PolicyArn)})),
    RolePolicyList: inline.map(({PolicyName, PolicyDocument}) => ({
      PolicyName: text(PolicyName),
      PolicyDocument: encoded(PolicyDocument),
    })),
  }
}

/** A policy of the account. Source: IAM API reference, ManagedPolicyDetail. */
export function policyDetail({physicalId: Arn, properties, attributes, createdAt}: Resource, users: number) {
  const made = new Date(createdAt)
  return {
    ...{PolicyName: lastOf(Arn), PolicyId: text(attributes.PolicyId), Arn},
    ...{Path: text(properties.Path) ?? '/', DefaultVersionId: 'v1', AttachmentCount: users},
    ...{IsAttachable: true, CreateDate: made, UpdateDate: made},
    PolicyVersionList: [
      {
        Document: encoded(properties.PolicyDocument),
        VersionId: 'v1',
        IsDefaultVersion: true,
        CreateDate: made,
      },
    ],
  }
}

const lastOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

/** IAM writes policy documents percent-encoded. */
export const encoded = (document: unknown): string =>
  encodeURIComponent(typeof document === 'string' ? document : JSON.stringify(document ?? {}))
