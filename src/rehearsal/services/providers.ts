import {hasSchemaProvider, providersBySchema} from '../resources/by-schema/index.js'
import type {ResourceProvider} from '../resources/resource-provider.js'
import {acmProviders} from './acm/providers.js'
import {applicationAutoScalingProviders} from './applicationautoscaling/providers.js'
import {cloudFormationProviders} from './cloudformation/providers.js'
import {cloudFrontProviders} from './cloudfront/providers.js'
import {cloudWatchProviders} from './cloudwatch/providers.js'
import {codeBuildProviders} from './codebuild/providers.js'
import {ec2Providers} from './ec2/providers.js'
import {ecrProviders} from './ecr/providers.js'
import {ecsProviders} from './ecs/providers.js'
import {efsProviders} from './efs/providers.js'
import {elbv2Providers} from './elbv2/providers.js'
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
    ...acmProviders,
    ...applicationAutoScalingProviders,
    ...cloudFormationProviders,
    ...cloudFrontProviders,
    ...cloudWatchProviders,
    ...codeBuildProviders,
    ...ec2Providers,
    ...ecrProviders,
    ...ecsProviders,
    ...efsProviders,
    ...elbv2Providers,
    ...eventsProviders,
    ...iamProviders,
    ...kmsProviders,
    ...lambdaProviders,
    ...logsProviders,
    ...rdsProviders,
    ...route53Providers,
    ...s3Providers,
    ...secretsManagerProviders,
    ...serviceDiscoveryProviders,
    ...snsProviders,
    ...ssmProviders,
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
