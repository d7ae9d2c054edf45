import {awsCommand, shell} from '../../../aws/command-line.js'
import {requireContext} from '../../context.js'
import {block, type Check, judgePlanned, pass, warn} from '../check.js'
import {ofType} from '../will-make.js'

/** Roles that AWS makes for itself when a service is first used. Source: IAM user guide, "AWS services that work with IAM". */
const roleOf = [
  {type: 'AWS::ECS::Cluster', service: 'ecs.amazonaws.com', role: 'AWSServiceRoleForECS'},
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    service: 'elasticloadbalancing.amazonaws.com',
    role: 'AWSServiceRoleForElasticLoadBalancing',
  },
  {type: 'AWS::RDS::DBCluster', service: 'rds.amazonaws.com', role: 'AWSServiceRoleForRDS'},
  {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    service: 'ecs.application-autoscaling.amazonaws.com',
    role: 'AWSServiceRoleForApplicationAutoScaling_ECSService',
  },
  {
    type: 'AWS::EFS::FileSystem',
    service: 'elasticfilesystem.amazonaws.com',
    role: 'AWSServiceRoleForAmazonElasticFileSystem',
  },
]

/** Whether the roles that AWS's services need exist, or may be made by the caller's first use of them. */
export const serviceLinkedRoles: Check = {
  id: 'service-linked-roles',
  title: 'Service-linked roles',
  looksAt: 'service-linked roles, which AWS creates when a service is first used',
  blocksWhen: 'a role is missing, and this identity is not allowed to have AWS create it',
  run: context =>
    judgePlanned(context, async planned => {
      const {aws} = context
      const needed = roleOf.filter(({type}) => ofType(planned, type).length > 0)
      const existing = new Set(await aws.roles.serviceLinked())
      const missing = needed.filter(({role}) => !existing.has(role))
      if (missing.length === 0) return pass(`all ${needed.length} exist`)
      const identity = requireContext(context.identity, 'the account')
      const principal = await aws.roles.simulated(identity)
      const {account, partition} = identity
      const decisions =
        principal === undefined
          ? []
          : await Promise.all(
              missing.map(({service, role}) =>
                aws.roles.simulate(principal, {
                  actions: ['iam:CreateServiceLinkedRole'],
                  resource: `arn:${partition}:iam::${account}:role/aws-service-role/${service}/${role}`,
                  context: {'iam:AWSServiceName': service},
                }),
              ),
            )
      const denied = missing.filter((_, index) =>
        decisions[index]?.some(({decision}) => decision !== 'allowed'),
      )
      const [first] = denied
      if (first === undefined) {
        return pass(`${needed.length - missing.length} exist, AWS creates ${missing.length} at first use`)
      }
      const names = denied.map(({role}) => role).join(', ')
      const detail = `AWS has to create ${names}, and this identity is not allowed to let it (iam:CreateServiceLinkedRole).`
      const advice = `Ask an administrator of the account to run \`${awsCommand(aws, shell`iam create-service-linked-role --aws-service-name ${first.service}`)}\`${
        denied.length > 1
          ? `, and the same for ${denied
              .slice(1)
              .map(({service}) => service)
              .join(', ')}`
          : ''
      }.`
      const isSure = decisions
        .flat()
        .some(({decision, missing: keys}) => decision !== 'allowed' && keys.length === 0)
      return isSure ? block(detail, advice) : warn(detail, advice)
    }),
}
