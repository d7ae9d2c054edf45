import type {TypeTable} from './row.js'
import {identifiers, ignored, madeName, region, row, tags, without} from './table.js'

const decided = {awsDecides: true} as const
const secret = 'AWS::SecretsManager::Secret'

/** Keys, secrets and settings. */
export const secrets: readonly TypeTable[] = [
  {
    terraform: 'aws_kms_key',
    cloudFormation: 'AWS::KMS::Key',
    rows: [
      region,
      tags,
      row('description', 'Description'),
      row('policy', 'KeyPolicy', {as: 'policy', ...decided}),
      row('enable_key_rotation', 'EnableKeyRotation', {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row('rotation_period_in_days', 'RotationPeriodInDays', {
        ...decided,
        terraformDefault: 365,
        cloudFormationDefault: 365,
      }),
      row('deletion_window_in_days', 'PendingWindowInDays', {
        terraformDefault: 30,
        cloudFormationDefault: 30,
      }),
      row('is_enabled', 'Enabled', {terraformDefault: true, cloudFormationDefault: true}),
      row('key_usage', 'KeyUsage', {
        terraformDefault: 'ENCRYPT_DECRYPT',
        cloudFormationDefault: 'ENCRYPT_DECRYPT',
      }),
      row('customer_master_key_spec', 'KeySpec', {
        terraformDefault: 'SYMMETRIC_DEFAULT',
        cloudFormationDefault: 'SYMMETRIC_DEFAULT',
      }),
      row('multi_region', 'MultiRegion', {...decided, terraformDefault: false, cloudFormationDefault: false}),
      row('bypass_policy_lockout_safety_check', 'BypassPolicyLockoutSafetyCheck', {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
    ],
    computed: [...identifiers, 'key_id'],
  },
  {
    terraform: 'aws_kms_alias',
    cloudFormation: 'AWS::KMS::Alias',
    rows: [
      region,
      row('name', 'AliasName'),
      without('name_prefix', null, decided),
      row('target_key_id', 'TargetKeyId'),
    ],
    computed: [...identifiers, 'target_key_arn'],
  },
  {
    terraform: 'aws_secretsmanager_secret',
    cloudFormation: secret,
    rows: [
      region,
      tags,
      ...madeName('Name'),
      row('description', 'Description'),
      row('kms_key_id', 'KmsKeyId'),
      without('policy', null, decided),
      row('replica', 'ReplicaRegions', {as: 'set', ...decided}),
      // CloudFormation deletes a secret without a recovery window.
      without('recovery_window_in_days', 0, {terraformDefault: 30}),
      ignored('force_overwrite_replica_secret', 'How Terraform replicates a secret.'),
    ],
    computed: identifiers,
    // What is generated stands in random_password, and in the version.
    elsewhere: ['SecretString', 'GenerateSecretString'],
  },
  {
    terraform: 'aws_secretsmanager_secret_version',
    cloudFormation: secret,
    rows: [
      region,
      row('secret_string', '', {as: 'json'}),
      without('secret_binary', null),
      ignored('secret_id', 'It is a property of the secret.'),
      ignored('version_stages', 'The first version is the current one.'),
    ],
    computed: [...identifiers, 'has_secret_string_wo', 'version_id'],
  },
  {
    terraform: 'random_password',
    cloudFormation: secret,
    rows: [
      row('length', 'PasswordLength', {cloudFormationDefault: 32}),
      row('lower', 'ExcludeLowercase', {
        values: {true: 'false', false: 'true'},
        terraformDefault: true,
        cloudFormationDefault: false,
      }),
      row('upper', 'ExcludeUppercase', {
        values: {true: 'false', false: 'true'},
        terraformDefault: true,
        cloudFormationDefault: false,
      }),
      row('numeric', 'ExcludeNumbers', {
        values: {true: 'false', false: 'true'},
        terraformDefault: true,
        cloudFormationDefault: false,
      }),
      row('special', 'ExcludePunctuation', {
        values: {true: 'false', false: 'true'},
        terraformDefault: true,
        cloudFormationDefault: false,
      }),
      row('override_special', 'ExcludeCharacters'),
      row('min_lower', 'RequireEachIncludedType', {
        values: {0: 'false', 1: 'true'},
        terraformDefault: 0,
        cloudFormationDefault: true,
      }),
      ignored('min_upper', 'Goes with min_lower: RequireEachIncludedType is about all kinds of characters.'),
      ignored(
        'min_numeric',
        'Goes with min_lower: RequireEachIncludedType is about all kinds of characters.',
      ),
      ignored(
        'min_special',
        'Goes with min_lower: RequireEachIncludedType is about all kinds of characters.',
      ),
      ignored('number', 'The former name of numeric.'),
      ignored('keepers', 'When Terraform generates anew.'),
    ],
    computed: ['id', 'bcrypt_hash', 'result'],
    // How the value is wrapped in JSON, which Terraform's is not.
    elsewhere: ['SecretStringTemplate', 'GenerateStringKey'],
  },
  {
    terraform: 'aws_ssm_parameter',
    cloudFormation: 'AWS::SSM::Parameter',
    rows: [
      region,
      tags,
      row('name', 'Name'),
      row('description', 'Description'),
      row('type', 'Type'),
      row('value', 'Value'),
      row('allowed_pattern', 'AllowedPattern'),
      row('tier', 'Tier', {...decided, terraformDefault: 'Standard', cloudFormationDefault: 'Standard'}),
      row('data_type', 'DataType', {...decided, terraformDefault: 'text', cloudFormationDefault: 'text'}),
      without('key_id', null, decided),
      without('insecure_value', null, decided),
      ignored('overwrite', 'What Terraform does with a parameter that exists.'),
    ],
    computed: [...identifiers, 'has_value_wo', 'version'],
  },
  {
    terraform: 'aws_ssm_parameter',
    cloudFormation: secret,
    rows: [
      region,
      tags,
      row('name', 'Name'),
      row('description', 'Description'),
      row('value', 'SecretString'),
      row('key_id', 'KmsKeyId', decided),
      without('insecure_value', null, decided),
      ignored('type', 'A secret is encrypted as a SecureString is.'),
      ignored('tier', 'Of parameters.'),
      ignored('data_type', 'Of parameters.'),
      ignored('overwrite', 'What Terraform does with a parameter that exists.'),
    ],
    computed: [...identifiers, 'has_value_wo', 'version'],
    elsewhere: ['GenerateSecretString'],
  },
]
