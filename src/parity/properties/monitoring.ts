import type {TypeTable} from './row.js'
import {identifiers, ignored, region, row, tags, without} from './table.js'

const decided = {awsDecides: true} as const

/** Log groups, alarms, and whom they tell. */
export const monitoring: readonly TypeTable[] = [
  {
    terraform: 'aws_cloudwatch_log_group',
    cloudFormation: 'AWS::Logs::LogGroup',
    rows: [
      region,
      tags,
      row('name', 'LogGroupName'),
      without('name_prefix', null, decided),
      row('retention_in_days', 'RetentionInDays', {terraformDefault: 0, cloudFormationDefault: 0}),
      row('kms_key_id', 'KmsKeyId'),
      row('log_group_class', 'LogGroupClass', {
        ...decided,
        terraformDefault: 'STANDARD',
        cloudFormationDefault: 'STANDARD',
      }),
      row('deletion_protection_enabled', 'DeletionProtectionEnabled', {
        ...decided,
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      ignored('skip_destroy', 'How Terraform deletes a log group.'),
    ],
    computed: identifiers,
  },
  {
    terraform: 'aws_cloudwatch_metric_alarm',
    cloudFormation: 'AWS::CloudWatch::Alarm',
    rows: [
      region,
      tags,
      row('alarm_name', 'AlarmName'),
      row('alarm_description', 'AlarmDescription'),
      row('actions_enabled', 'ActionsEnabled', {terraformDefault: true, cloudFormationDefault: true}),
      row('alarm_actions', 'AlarmActions', {as: 'set'}),
      row('ok_actions', 'OKActions', {as: 'set'}),
      row('insufficient_data_actions', 'InsufficientDataActions', {as: 'set'}),
      row('comparison_operator', 'ComparisonOperator'),
      row('evaluation_periods', 'EvaluationPeriods'),
      row('datapoints_to_alarm', 'DatapointsToAlarm'),
      row('threshold', 'Threshold'),
      row('metric_name', 'MetricName'),
      row('namespace', 'Namespace'),
      row('dimensions', 'Dimensions', {as: 'pairs'}),
      row('period', 'Period'),
      row('statistic', 'Statistic'),
      row('extended_statistic', 'ExtendedStatistic'),
      row('unit', 'Unit'),
      row('treat_missing_data', 'TreatMissingData', {
        terraformDefault: 'missing',
        cloudFormationDefault: 'missing',
      }),
      row('evaluate_low_sample_count_percentiles', 'EvaluateLowSampleCountPercentile', decided),
      row('metric_query', 'Metrics', {as: 'list'}),
    ],
    computed: identifiers,
  },
  {
    terraform: 'aws_sns_topic',
    cloudFormation: 'AWS::SNS::Topic',
    rows: [
      region,
      tags,
      row('name', 'TopicName', decided),
      without('name_prefix', null, decided),
      row('display_name', 'DisplayName'),
      row('kms_master_key_id', 'KmsMasterKeyId'),
      row('fifo_topic', 'FifoTopic', {terraformDefault: false, cloudFormationDefault: false}),
      row('content_based_deduplication', 'ContentBasedDeduplication', {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row('signature_version', 'SignatureVersion', decided),
      row('tracing_config', 'TracingConfig', decided),
      row('fifo_throughput_scope', 'FifoThroughputScope', decided),
      without('policy', null, decided),
      ...['application', 'firehose', 'http', 'lambda', 'sqs'].map(protocol =>
        without(`${protocol}_success_feedback_sample_rate`, null),
      ),
    ],
    computed: [...identifiers, 'beginning_archive_time', 'owner'],
  },
  {
    terraform: 'aws_sns_topic_policy',
    cloudFormation: 'AWS::SNS::TopicPolicy',
    rows: [region, row('arn', 'Topics.0'), row('policy', 'PolicyDocument', {as: 'policy'})],
    computed: ['id', 'owner', 'tags_all'],
  },
  {
    terraform: 'aws_sns_topic_subscription',
    cloudFormation: 'AWS::SNS::Subscription',
    rows: [
      region,
      row('topic_arn', 'TopicArn'),
      row('protocol', 'Protocol'),
      row('endpoint', 'Endpoint'),
      row('raw_message_delivery', 'RawMessageDelivery', {
        terraformDefault: false,
        cloudFormationDefault: false,
      }),
      row('filter_policy', 'FilterPolicy', {as: 'json'}),
      row('filter_policy_scope', 'FilterPolicyScope', decided),
      ignored('confirmation_timeout_in_minutes', 'How long Terraform waits.'),
      ignored('endpoint_auto_confirms', 'Whether Terraform waits.'),
    ],
    computed: [...identifiers, 'confirmation_was_authenticated', 'owner_id', 'pending_confirmation'],
  },
]
