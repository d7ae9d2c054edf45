import {hasSchemaProvider, providersBySchema} from '../resources/by-schema/index.js'
import type {ResourceProvider} from '../resources/resource-provider.js'
import {autoScalingProviders} from './application-auto-scaling/providers.js'
import {certificateManagerProviders} from './certificate-manager/providers.js'
import {customResourceProviders} from './cloudformation/custom-resource-provider.js'
import {waitConditionProviders} from './cloudformation/wait-condition-provider.js'
import {cloudfrontProviders} from './cloudfront/providers.js'
import {cloudWatchProviders} from './cloudwatch/providers.js'
import {codeBuildProviders} from './codebuild/providers.js'
import {ec2Providers} from './ec2/providers.js'
import {ecrProviders} from './ecr/providers.js'
import {ecsProviders} from './ecs/providers.js'
import {efsProviders} from './efs/providers.js'
import {loadBalancingProviders} from './elbv2/providers.js'
import {eventsProviders} from './events/providers.js'
import {iamProviders} from './iam/providers.js'
import {kmsProviders} from './kms/providers.js'
import {lambdaProviders} from './lambda/providers.js'
import {logsProviders} from './logs/providers.js'
import {rdsProviders} from './rds/providers.js'
import {route53Providers} from './route53/providers.js'
import {s3Providers} from './s3/providers.js'
import {secretsManagerProviders} from './secretsmanager/providers.js'
import {serviceDiscoveryProviders} from './servicediscovery/providers.js'
import {snsProviders} from './sns/providers.js'
import {ssmProviders} from './ssm/providers.js'

export {hasSchemaProvider}

const customResource = 'AWS::CloudFormation::CustomResource'

/** Who makes each type that the account can make; a nested stack is the engine's own. */
const providers: ReadonlyMap<string, ResourceProvider> = new Map(
  [
    ...providersBySchema,
    ...autoScalingProviders,
    ...certificateManagerProviders,
    ...cloudfrontProviders,
    ...cloudWatchProviders,
    ...codeBuildProviders,
    ...customResourceProviders,
    ...ec2Providers,
    ...ecrProviders,
    ...ecsProviders,
    ...efsProviders,
    ...eventsProviders,
    ...iamProviders,
    ...kmsProviders,
    ...lambdaProviders,
    ...loadBalancingProviders,
    ...logsProviders,
    ...rdsProviders,
    ...route53Providers,
    ...s3Providers,
    ...secretsManagerProviders,
    ...serviceDiscoveryProviders,
    ...snsProviders,
    ...ssmProviders,
    ...waitConditionProviders,
  ].map(provider => [provider.type, provider]),
)

/** Every type that the account can make, besides custom resources by names of their own and nested stacks. */
export function typesMade(): string[] {
  return [...providers.keys()].sort()
}

/** The provider of a resource type, or undefined for one that the account cannot make. */
export function providerFor(type: string): ResourceProvider | undefined {
  return providers.get(type.startsWith('Custom::') ? customResource : type)
}
