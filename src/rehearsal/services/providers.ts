import {isByRule, kindsByRule} from '../resources/by-schema/index.js'
import type {Kind} from '../resources/resource-provider.js'
import {autoScalingKinds} from './application-auto-scaling/providers.js'
import {certificateManagerKinds} from './certificate-manager/providers.js'
import {customResourceKinds} from './cloudformation/custom-resource-provider.js'
import {waitConditionKinds} from './cloudformation/wait-condition-provider.js'
import {cloudfrontKinds} from './cloudfront/providers.js'
import {cloudWatchKinds} from './cloudwatch/providers.js'
import {codeBuildKinds} from './codebuild/providers.js'
import {ec2Kinds} from './ec2/providers.js'
import {ecrKinds} from './ecr/providers.js'
import {ecsKinds} from './ecs/providers.js'
import {efsKinds} from './efs/providers.js'
import {loadBalancingKinds} from './elbv2/providers.js'
import {eventsKinds} from './events/providers.js'
import {iamKinds} from './iam/providers.js'
import {kmsKinds} from './kms/providers.js'
import {lambdaKinds} from './lambda/providers.js'
import {logsKinds} from './logs/providers.js'
import {rdsKinds} from './rds/providers.js'
import {route53Kinds} from './route53/providers.js'
import {s3Kinds} from './s3/providers.js'
import {secretsManagerKinds} from './secretsmanager/providers.js'
import {serviceDiscoveryKinds} from './servicediscovery/providers.js'
import {snsKinds} from './sns/providers.js'
import {ssmKinds} from './ssm/providers.js'

export {isByRule}

const customResource = 'AWS::CloudFormation::CustomResource'

/** Every kind that the account can make; a nested stack is the engine's own. */
const kinds: ReadonlyMap<string, Kind> = new Map(
  [
    ...kindsByRule,
    ...autoScalingKinds,
    ...certificateManagerKinds,
    ...cloudfrontKinds,
    ...cloudWatchKinds,
    ...codeBuildKinds,
    ...customResourceKinds,
    ...ec2Kinds,
    ...ecrKinds,
    ...ecsKinds,
    ...efsKinds,
    ...eventsKinds,
    ...iamKinds,
    ...kmsKinds,
    ...lambdaKinds,
    ...loadBalancingKinds,
    ...logsKinds,
    ...rdsKinds,
    ...route53Kinds,
    ...s3Kinds,
    ...secretsManagerKinds,
    ...serviceDiscoveryKinds,
    ...snsKinds,
    ...ssmKinds,
    ...waitConditionKinds,
  ].map(kind => [kind.type, kind]),
)

/** Every type that the account can make, besides custom resources by names of their own and nested stacks. */
export function typesMade(): string[] {
  return [...kinds.keys()].sort()
}

/** The kind of a resource type, or undefined for one that the account cannot make. */
export function kindOf(type: string): Kind | undefined {
  return kinds.get(type.startsWith('Custom::') ? customResource : type)
}
