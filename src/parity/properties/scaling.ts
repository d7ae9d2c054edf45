import type {TypeTable} from './row.js'
import {identifiers, region, row, tags, without} from './table.js'

/** Scaling of services. */
export const scaling: readonly TypeTable[] = [
  {
    terraform: 'aws_appautoscaling_target',
    cloudFormation: 'AWS::ApplicationAutoScaling::ScalableTarget',
    rows: [
      region,
      row('min_capacity', 'MinCapacity'),
      row('max_capacity', 'MaxCapacity'),
      row('resource_id', 'ResourceId'),
      row('scalable_dimension', 'ScalableDimension'),
      row('service_namespace', 'ServiceNamespace'),
      row('role_arn', 'RoleARN', {awsDecides: true}),
      row('suspended_state', 'SuspendedState', {as: 'list', awsDecides: true}),
      tags,
    ],
    computed: identifiers,
  },
  {
    terraform: 'aws_appautoscaling_policy',
    cloudFormation: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    rows: [
      region,
      row('name', 'PolicyName'),
      row('policy_type', 'PolicyType', {terraformDefault: 'StepScaling'}),
      row('resource_id', 'ScalingTargetId'),
      // Here the scalable target says both.
      without('scalable_dimension', 'ecs:service:DesiredCount'),
      without('service_namespace', 'ecs'),
      row(
        'target_tracking_scaling_policy_configuration.0.predefined_metric_specification.0.predefined_metric_type',
        'TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType',
      ),
      row(
        'target_tracking_scaling_policy_configuration.0.predefined_metric_specification.0.resource_label',
        'TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.ResourceLabel',
      ),
      row(
        'target_tracking_scaling_policy_configuration.0.target_value',
        'TargetTrackingScalingPolicyConfiguration.TargetValue',
      ),
      row(
        'target_tracking_scaling_policy_configuration.0.disable_scale_in',
        'TargetTrackingScalingPolicyConfiguration.DisableScaleIn',
        {terraformDefault: false, cloudFormationDefault: false},
      ),
      // 300 seconds for services of ECS: TargetTrackingScalingPolicyConfiguration in the API reference.
      row(
        'target_tracking_scaling_policy_configuration.0.scale_in_cooldown',
        'TargetTrackingScalingPolicyConfiguration.ScaleInCooldown',
        {terraformDefault: 300, cloudFormationDefault: 300},
      ),
      row(
        'target_tracking_scaling_policy_configuration.0.scale_out_cooldown',
        'TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown',
        {terraformDefault: 300, cloudFormationDefault: 300},
      ),
    ],
    computed: [...identifiers, 'alarm_arns'],
  },
]
