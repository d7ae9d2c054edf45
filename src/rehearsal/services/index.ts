import type {World} from '../account/world.js'
import type {HandlerTables} from '../wire/index.js'
import {applicationAutoScalingOperations} from './application-auto-scaling.js'
import {cloudFormationOperations} from './cloudformation.js'
import {cloudFrontOperations} from './cloudfront.js'
import {codeBuildOperations} from './code-build.js'
import {ec2Operations} from './ec2.js'
import {ecrOperations} from './ecr.js'
import {ecsOperations} from './ecs.js'
import {efsOperations} from './efs.js'
import {iamOperations} from './iam.js'
import {kmsOperations} from './kms.js'
import {loadBalancingOperations} from './load-balancing.js'
import {logsOperations} from './logs.js'
import {rdsOperations} from './rds.js'
import {route53Operations} from './route53.js'
import {s3Operations} from './s3.js'
import {secretsManagerOperations} from './secrets-manager.js'
import {serviceDiscoveryOperations} from './service-discovery.js'
import {serviceQuotasOperations} from './service-quotas.js'
import {ssmOperations} from './ssm.js'
import {stsOperations} from './sts.js'
import {taggingOperations} from './tagging.js'

/** The handlers of every service that the account has. */
export function handlerTables(world: World): HandlerTables {
  return {
    cloudformation: cloudFormationOperations(world),
    codebuild: codeBuildOperations(world),
    ec2: ec2Operations(world),
    ecr: ecrOperations(world),
    ecs: ecsOperations(world),
    elbv2: loadBalancingOperations(world),
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
    applicationautoscaling: applicationAutoScalingOperations(world),
  }
}
