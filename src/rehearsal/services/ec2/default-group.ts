import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'

const groupType = 'AWS::EC2::SecurityGroup'
const name = 'default'

/**
 * Makes the security group that every VPC begins with: its members may reach each other, and everything outside.
 * Source: VPC user guide, "Default security groups for your VPCs".
 */
export function makeDefaultGroup(world: World, region: Region, vpcId: string): Resource {
  const physicalId = `sg-${world.newHex(17)}`
  const group: Resource = {
    type: groupType,
    physicalId,
    properties: {
      GroupDescription: 'default VPC security group',
      VpcId: vpcId,
      SecurityGroupIngress: [{IpProtocol: '-1', SourceSecurityGroupId: physicalId}],
    },
    attributes: {GroupId: physicalId, Id: physicalId, VpcId: vpcId},
    tags: {},
    createdAt: world.now,
    data: {name},
  }
  world.put(region, group)
  return group
}

/** A VPC's default security group, which is taken by whatever names none. */
export function defaultGroupOf(
  world: World,
  region: Region,
  vpcId: string | undefined,
): Resource | undefined {
  return world
    .resourcesOf(region, groupType)
    .find(group => isDefaultGroup(group) && group.attributes.VpcId === vpcId)
}

/** No other group can have its name. */
export function isDefaultGroup({type, data}: Resource): boolean {
  return type === groupType && data.name === name
}
