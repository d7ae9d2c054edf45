import {autoScalingKinds} from './auto-scaling.js'
import {isByRule, kindsByRule} from './by-rule/index.js'
import {certificateManagerKinds} from './certificate-manager.js'
import {cloudfrontKinds} from './cloudfront.js'
import {cloudWatchKinds} from './cloudwatch.js'
import {codeBuildKinds} from './code-build.js'
import {customResourceKinds} from './custom-resource.js'
import {ec2Kinds} from './ec2.js'
import {ecrKinds} from './ecr.js'
import {ecsKinds} from './ecs.js'
import {efsKinds} from './efs.js'
import {eventsKinds} from './events.js'
import {iamKinds} from './iam.js'
import type {Kind} from './kind.js'
import {kmsKinds} from './kms.js'
import {lambdaKinds} from './lambda.js'
import {loadBalancingKinds} from './load-balancing.js'
import {logsKinds} from './logs.js'
import {rdsKinds} from './rds.js'
import {route53Kinds} from './route53.js'
import {s3Kinds} from './s3.js'
import {secretsManagerKinds} from './secrets-manager.js'
import {serviceDiscoveryKinds} from './service-discovery.js'
import {snsKinds} from './sns.js'
import {ssmKinds} from './ssm.js'
import {waitConditionKinds} from './wait-condition.js'

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
