import type {TypeTable} from './row.js'
import {identifiers, ignored, madeName, row, tags, without} from './table.js'

const role = 'AWS::IAM::Role'
const path = row('path', 'Path', {terraformDefault: '/', cloudFormationDefault: '/'})
const inRole = 'Its statements are part of a role here.'

/** Roles and policies; the statements of a role are compared as a whole, in whatever policies they stand. */
export const iam: readonly TypeTable[] = [
  {
    terraform: 'aws_iam_role',
    cloudFormation: role,
    rows: [
      tags,
      path,
      ...madeName('RoleName'),
      row('assume_role_policy', 'AssumeRolePolicyDocument', {as: 'policy'}),
      row('description', 'Description'),
      row('max_session_duration', 'MaxSessionDuration', {
        terraformDefault: 3600,
        cloudFormationDefault: 3600,
      }),
      row('permissions_boundary', 'PermissionsBoundary'),
      ignored('force_detach_policies', 'How Terraform deletes a role.'),
    ],
    computed: [...identifiers, 'create_date', 'unique_id'],
    elsewhere: ['inline_policy', 'managed_policy_arns', 'Policies', 'ManagedPolicyArns'],
  },
  {
    terraform: 'aws_iam_role_policy',
    cloudFormation: role,
    rows: [ignored('name', inRole), ignored('name_prefix', inRole)],
    computed: identifiers,
    elsewhere: ['policy', 'role'],
  },
  {
    terraform: 'aws_iam_policy',
    cloudFormation: role,
    rows: [
      ignored('name', inRole),
      ignored('name_prefix', inRole),
      ignored('description', inRole),
      without('tags', null, {as: 'tags'}),
      without('path', '/', {terraformDefault: '/'}),
    ],
    computed: [...identifiers, 'attachment_count', 'policy_id'],
    elsewhere: ['policy'],
  },
  {
    terraform: 'aws_iam_policy',
    cloudFormation: 'AWS::IAM::ManagedPolicy',
    rows: [
      path,
      ...madeName('ManagedPolicyName'),
      row('description', 'Description'),
      row('policy', 'PolicyDocument', {as: 'policy'}),
      without('tags', null, {as: 'tags'}),
    ],
    computed: [...identifiers, 'attachment_count', 'policy_id'],
  },
  {
    terraform: 'aws_iam_role_policy_attachment',
    cloudFormation: role,
    rows: [],
    computed: identifiers,
    elsewhere: ['policy_arn', 'role'],
  },
]
