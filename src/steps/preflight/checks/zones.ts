import {awsCommand} from '../../../aws/command-line.js'
import {block, type Check, judgePlanned, pass} from '../check.js'
import {ofType, propertyOf} from '../will-make.js'

/** Whether the region has as many availability zones as the subnets are spread over. */
export const zones: Check = {
  id: 'availability-zones',
  title: 'Availability zones',
  looksAt: 'the zones of the region',
  blocksWhen: 'there are fewer than the subnets are spread over',
  run: context =>
    judgePlanned(context, async planned => {
      const {aws} = context
      const subnets = ofType(planned, 'AWS::EC2::Subnet')
      const needed = new Set(subnets.map(subnet => propertyOf(subnet, 'AvailabilityZone'))).size
      if (needed === 0) return pass('no subnets are created')
      const found = await aws.networks.availabilityZones()
      const names = found.length === 0 ? 'none' : found.join(', ')
      if (found.length >= needed) return pass(`${needed} needed, ${found.length} there (${names})`)
      return block(
        `The subnets are spread over ${needed} availability zones, and ${aws.region} has ${found.length} (${names}).`,
        `Deploy to another --region; \`${awsCommand(aws, 'ec2 describe-availability-zones --all-availability-zones')}\` shows all zones.`,
      )
    }),
}
