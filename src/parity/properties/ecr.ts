import type {TypeTable} from './row.js'
import {identifiers, ignored, region, row, tags, timeouts} from './table.js'

/** Repositories of images. A policy and a lifecycle are resources in Terraform, properties here. */
export const ecr: readonly TypeTable[] = [
  {
    terraform: 'aws_ecr_repository',
    cloudFormation: 'AWS::ECR::Repository',
    rows: [
      region,
      tags,
      ...timeouts,
      row('name', 'RepositoryName'),
      row('image_tag_mutability', 'ImageTagMutability', {
        terraformDefault: 'MUTABLE',
        cloudFormationDefault: 'MUTABLE',
      }),
      row('image_scanning_configuration.0.scan_on_push', 'ImageScanningConfiguration.ScanOnPush', {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row('encryption_configuration.0.encryption_type', 'EncryptionConfiguration.EncryptionType', {
        terraformDefault: 'AES256',
        cloudFormationDefault: 'AES256',
      }),
      row('encryption_configuration.0.kms_key', 'EncryptionConfiguration.KmsKey'),
      row('force_delete', 'EmptyOnDelete', {terraformDefault: false, cloudFormationDefault: false}),
    ],
    computed: [...identifiers, 'registry_id', 'repository_url'],
    // Resources of their own in Terraform.
    elsewhere: ['LifecyclePolicy', 'RepositoryPolicyText'],
  },
  {
    terraform: 'aws_ecr_lifecycle_policy',
    cloudFormation: 'AWS::ECR::Repository',
    rows: [
      region,
      row('policy', 'LifecyclePolicyText', {as: 'json'}),
      ignored('repository', 'It is a property of the repository.'),
    ],
    computed: [...identifiers, 'registry_id'],
  },
  {
    terraform: 'aws_ecr_repository_policy',
    cloudFormation: 'AWS::ECR::Repository',
    rows: [
      region,
      row('policy', '', {as: 'policy'}),
      ignored('repository', 'It is a property of the repository.'),
    ],
    computed: [...identifiers, 'registry_id'],
  },
]
