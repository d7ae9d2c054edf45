import type {Aws} from '../../../aws/aws.js'
import {awsCommand, shell} from '../../../aws/command-line.js'
import {quotas, type ServiceQuota} from '../../../environment/quotas.js'
import type {PlannedStack} from '../../plan/planned-stacks.js'
import {block, type Check, judgePlanned, pass, skip} from '../check.js'
import {ofType, propertyOf} from '../will-make.js'

/** Elastic IP addresses of the NAT gateways. */
export const elasticIps = countCheck({
  id: 'elastic-ips',
  title: 'Elastic IP addresses',
  looksAt: 'quota and usage of Elastic IP addresses',
  blocksWhen: 'too few are left for the NAT gateways',
  quota: quotas.elasticIps,
  needed: planned => ofType(planned, 'AWS::EC2::EIP').length,
  used: aws => aws.networks.elasticIps(),
  free: 'Release addresses that nothing uses: `ec2 describe-addresses` lists them',
})

export const vpcs = countCheck({
  id: 'vpcs',
  title: 'VPCs',
  looksAt: 'quota and usage of VPCs',
  quota: quotas.vpcs,
  needed: planned => ofType(planned, 'AWS::EC2::VPC').length,
  used: aws => aws.networks.vpcs(),
  free: 'Delete a VPC that nothing uses, such as the default one: `ec2 describe-vpcs` lists them',
})

export const loadBalancers = countCheck({
  id: 'load-balancers',
  title: 'Load balancers',
  looksAt: 'quota and usage of Application Load Balancers',
  quota: quotas.applicationLoadBalancers,
  needed: planned =>
    ofType(planned, 'AWS::ElasticLoadBalancingV2::LoadBalancer').filter(
      balancer => (propertyOf(balancer, 'Type') ?? 'application') === 'application',
    ).length,
  used: async aws => (await aws.loadBalancers.all()).filter(({type}) => type === 'application').length,
  free: 'Delete a load balancer that nothing uses: `elbv2 describe-load-balancers` lists them',
})

interface Counted {
  id: string
  title: string
  looksAt: string
  blocksWhen?: string
  quota: ServiceQuota
  needed(planned: readonly PlannedStack[]): number
  used(aws: Aws): Promise<number>
  /** How to get some back; what is in backquotes is a command of the AWS CLI. */
  free: string
}

/** Whether a quota leaves room for what the templates make. */
function countCheck({
  id,
  title,
  looksAt,
  blocksWhen = 'too few are left for the environment',
  quota,
  needed,
  used,
  free,
}: Counted): Check {
  return {
    id,
    title,
    looksAt,
    blocksWhen,
    run: context =>
      judgePlanned(context, async planned => {
        const {aws} = context
        const wanted = needed(planned)
        if (wanted === 0) return pass('none are created')
        const [inUse, most] = await Promise.all([used(aws), aws.quotas.value(quota.service, quota.code)])
        if (most === undefined) return skip(`Service Quotas does not know quota ${quota.code}`)
        const counts = `${wanted} to create, ${inUse} of ${most} in use`
        if (inUse + wanted <= most) return pass(counts)
        const left = Math.max(0, most - inUse)
        const freed = free.replace(/`(.+)`/, (_, command: string) => `\`${awsCommand(aws, command)}\``)
        return block(
          `the templates create ${wanted}, and the quota leaves room for ${left} (${inUse} of ${most} in use).`,
          `${freed}. Or ask for more: \`${raiseCommand(aws, quota, inUse + wanted)}\`.`,
        )
      }),
  }
}

/** The request to raise a quota. */
export function raiseCommand(aws: Aws, {service, code}: ServiceQuota, value: number): string {
  return awsCommand(
    aws,
    shell`service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${value}`,
  )
}
