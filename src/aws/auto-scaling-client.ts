import {
  ApplicationAutoScalingClient,
  type ApplicationAutoScalingClientConfig,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  type ApplicationAutoScaling as WholeApplicationAutoScaling,
} from '@aws-sdk/client-application-auto-scaling'
import {createAggregatedClient} from '@smithy/core/client'

/** Application Auto Scaling with the operations that this program calls; the build leaves out the others. */
export type ApplicationAutoScaling = ApplicationAutoScalingClient &
  Pick<WholeApplicationAutoScaling, 'describeScalableTargets' | 'describeScalingPolicies'>

class LeanApplicationAutoScaling extends ApplicationAutoScalingClient {}
createAggregatedClient(
  {DescribeScalableTargetsCommand, DescribeScalingPoliciesCommand},
  LeanApplicationAutoScaling,
)

export const ApplicationAutoScaling = LeanApplicationAutoScaling as new (
  configuration: ApplicationAutoScalingClientConfig,
) => ApplicationAutoScaling
