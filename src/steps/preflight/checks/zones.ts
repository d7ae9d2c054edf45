import {awsCommand, shell} from '../../../aws/command-line.js'
import type {Zone} from '../../../aws/networks.js'
import {fargateZones, leastProxyZones, zonesWithoutProxy} from '../../../environment/zones.js'
import {block, type Check, type CheckContext, type Finding, judgePlanned, pass, warn} from '../check.js'
import {ofType, propertyOf} from '../will-make.js'

/**
 * Whether `Fn::GetAZs` gives the subnets as many availability zones as they are spread over, and whether those have what
 * runs in them. It gives zones with a default subnet only, unless there is none. Source: CloudFormation template reference.
 */
export const zones: Check = {
  id: 'availability-zones',
  title: 'Availability zones',
  looksAt:
    'the Availability Zones of the region, and those with a default subnet: if there are any, templates get only those; warns about a zone without Fargate',
  blocksWhen:
    'templates get fewer zones than the subnets are spread over, or fewer than two that support RDS Proxy',
  run: context =>
    judgePlanned(context, async planned => {
      const subnets = ofType(planned, 'AWS::EC2::Subnet')
      const needed = new Set(subnets.map(subnet => propertyOf(subnet, 'AvailabilityZone'))).size
      if (needed === 0) return pass('no subnets are created')
      const {networks} = context.aws
      const [all, withDefault] = await Promise.all([networks.zones(), networks.defaultSubnetZones()])
      if (all.length < needed) return tooFew(context, needed, all)
      const given = withDefault.length === 0 ? all : all.filter(({name}) => withDefault.includes(name))
      if (given.length < needed) return tooFewDefaults(context, {needed, given, all})
      const used = [...given].sort((left, right) => (left.name < right.name ? -1 : 1)).slice(0, needed)
      return judgeUsed(context, used, `${needed} needed, ${given.length} there (${namesOf(given)})`)
    }),
}

function tooFew({aws}: CheckContext, needed: number, all: readonly Zone[]): Finding {
  return block(
    `The subnets need ${needed} availability zones, and ${aws.region} has ${all.length} (${namesOf(all)}).`,
    `Deploy to another --region; \`${awsCommand(aws, 'ec2 describe-availability-zones --all-availability-zones')}\` shows all zones.`,
  )
}

function tooFewDefaults(
  {aws}: CheckContext,
  {needed, given, all}: {needed: number; given: readonly Zone[]; all: readonly Zone[]},
): Finding {
  const lacking = all.filter(zone => !given.includes(zone)).slice(0, needed - given.length)
  const commands = lacking.map(
    ({name}) => `\`${awsCommand(aws, shell`ec2 create-default-subnet --availability-zone ${name}`)}\``,
  )
  return block(
    `The subnets need ${needed} availability zones, and CloudFormation gives templates only those with a default subnet: ${namesOf(given)}.`,
    `Create the missing default subnets (they cost nothing): ${commands.join(', ')}. Or deploy to another --region.`,
  )
}

/** What runs in the zones that the templates take: the first ones, by their names. */
function judgeUsed({aws}: CheckContext, used: readonly Zone[], counts: string): Finding {
  const withProxy = used.filter(({id}) => !zonesWithoutProxy.includes(id))
  if (withProxy.length < Math.min(leastProxyZones, used.length)) {
    return block(
      `RDS Proxy needs ${leastProxyZones} of the zones ${namesOf(used)}, and is available only in ${namesOf(withProxy)}.`,
      'Deploy to another --region.',
    )
  }
  const known = fargateZones[aws.region]
  const without = used.filter(({id}) => known !== undefined && !known.includes(id))
  if (without.length > 0) {
    return warn(
      `Fargate is not available in ${namesOf(without)} (${without.map(({id}) => id).join(', ')}), one of the zones that the templates use: tasks may not start there.`,
      'Deploy to another --region, unless you know that tasks start in that zone.',
    )
  }
  const leftOut = used.filter(zone => !withProxy.includes(zone))
  return pass(leftOut.length === 0 ? counts : `${counts}; RDS Proxy is not available in ${namesOf(leftOut)}`)
}

function namesOf(some: readonly Zone[]): string {
  return some.length === 0 ? 'none' : some.map(({name}) => name).join(', ')
}
