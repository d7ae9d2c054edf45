import type {World} from '../account/world.js'
import type {HandlerTables} from '../wire/index.js'
import {acmOperations} from './acm/operations.js'
import {applicationAutoScalingOperations} from './applicationautoscaling/operations.js'
import {bedrockOperations} from './bedrock/operations.js'
import {cloudControlOperations} from './cloudcontrol/operations.js'
import {cloudFormationOperations} from './cloudformation/operations.js'
import {cloudFrontOperations} from './cloudfront/operations.js'
import {codeBuildOperations} from './codebuild/operations.js'
import {ec2Operations} from './ec2/operations.js'
import {ecrOperations} from './ecr/operations.js'
import {ecsOperations} from './ecs/operations.js'
import {efsOperations} from './efs/operations.js'
import {elbv2Operations} from './elbv2/operations.js'
import {iamOperations} from './iam/operations.js'
import {kmsOperations} from './kms/operations.js'
import {lambdaOperations} from './lambda/operations.js'
import {logsOperations} from './logs/operations.js'
import {rdsOperations} from './rds/operations.js'
import {route53Operations} from './route53/operations.js'
import {s3Operations} from './s3/operations.js'
import {secretsManagerOperations} from './secretsmanager/operations.js'
import {serviceDiscoveryOperations} from './servicediscovery/operations.js'
import {serviceQuotasOperations} from './servicequotas/operations.js'
import {ssmOperations} from './ssm/operations.js'
import {stsOperations} from './sts/operations.js'
import {taggingOperations} from './tagging/operations.js'

/** The handlers of every service that the account has. */
export function handlerTables(world: World): HandlerTables {
  return {
    cloudformation: cloudFormationOperations(world),
    cloudcontrol: cloudControlOperations(world),
    codebuild: codeBuildOperations(world),
    ec2: ec2Operations(world),
    ecr: ecrOperations(world),
    ecs: ecsOperations(world),
    elbv2: elbv2Operations(world),
    kms: kmsOperations(world),
    logs: logsOperations(world),
    s3: s3Operations(world),
    secretsmanager: secretsManagerOperations(world),
    servicequotas: serviceQuotasOperations(world),
    ssm: ssmOperations(world),
    sts: stsOperations(world),
    tagging: taggingOperations(world),
    iam: iamOperations(world),
    rds: rdsOperations(world),
    servicediscovery: serviceDiscoveryOperations(world),
    cloudfront: cloudFrontOperations(world),
    route53: route53Operations(world),
    efs: efsOperations(world),
    bedrock: bedrockOperations(world),
    applicationautoscaling: applicationAutoScalingOperations(world),
    acm: acmOperations(world),
    lambda: lambdaOperations(world),
  }
}
