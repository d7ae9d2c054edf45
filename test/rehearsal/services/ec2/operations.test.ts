import {beforeEach, describe, expect, it} from 'vitest'
import {ec2Operations} from '../../../../src/rehearsal/services/ec2/operations.js'
import {engineWorld} from '../../engine/engine-world.js'
import {callIn} from '../../helpers/call.js'
import {Maker} from '../../helpers/providers.js'
import {makeTemplate} from '../../helpers/template-run.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-west-2')
let maker: Maker
let ec2: ReturnType<typeof ec2Operations>

beforeEach(() => {
  maker = new Maker(testWorld().world)
  ec2 = ec2Operations(maker.world)
})

describe('what AWS brings along', () => {
  it("has CloudFront's prefix list by name", () => {
    const Filters = [{Name: 'prefix-list-name', Values: ['com.amazonaws.global.cloudfront.origin-facing']}]
    const {PrefixLists} = ec2.DescribeManagedPrefixLists({Filters}, here)
    expect(PrefixLists).toMatchObject([{PrefixListId: 'pl-82a045eb', OwnerId: 'AWS'}])
    const elsewhere = ec2.DescribeManagedPrefixLists({Filters}, callIn('sa-east-1')).PrefixLists
    expect(elsewhere[0]?.PrefixListId).toMatch(/^pl-[0-9a-f]{8}$/)
  })

  it('has four zones in a region', () => {
    const {AvailabilityZones} = ec2.DescribeAvailabilityZones({}, here)
    expect(AvailabilityZones.map(({ZoneName}) => ZoneName)).toEqual([
      'us-west-2a',
      'us-west-2b',
      'us-west-2c',
      'us-west-2d',
    ])
  })

  it('knows its regions', () => {
    expect(ec2.DescribeRegions({RegionNames: ['us-west-2']}).Regions).toHaveLength(1)
    expect(() => ec2.DescribeRegions({RegionNames: ['nowhere']})).toThrow('Invalid region provided')
  })
})

describe('the network of an environment', () => {
  beforeEach(() => {
    makeTemplate(maker, 'network-stack.yaml', {}, {})
  })

  it('is described as it was made', () => {
    const [vpc] = ec2.DescribeVpcs({}, here).Vpcs
    expect(vpc).toMatchObject({CidrBlock: '10.0.0.0/16', State: 'available'})
    expect(vpc?.CidrBlockAssociationSet).toEqual([
      {
        AssociationId: expect.stringMatching(/^vpc-cidr-assoc-[0-9a-f]{17}$/),
        CidrBlock: '10.0.0.0/16',
        CidrBlockState: {State: 'associated'},
      },
    ])
    const {Subnets} = ec2.DescribeSubnets({Filters: [{Name: 'vpc-id', Values: [vpc?.VpcId ?? '']}]}, here)
    expect(Subnets).toHaveLength(6)
    const {NatGateways} = ec2.DescribeNatGateways({}, here)
    const {Addresses} = ec2.DescribeAddresses({}, here)
    expect(NatGateways.map(({NatGatewayAddresses}) => NatGatewayAddresses[0]?.PublicIp).sort()).toEqual(
      Addresses.map(({PublicIp}) => PublicIp).sort(),
    )
    expect(NatGateways[0]?.NatGatewayAddresses).toMatchObject([{IsPrimary: true, Status: 'succeeded'}])
    expect(ec2.DescribeInternetGateways({}, here).InternetGateways[0]?.Attachments[0]?.VpcId).toBe(vpc?.VpcId)
  })

  it('shows rules that are beside a group as rules of the group', () => {
    const {SecurityGroups} = ec2.DescribeSecurityGroups({}, here)
    expect(SecurityGroups).toHaveLength(9)
    const alb = SecurityGroups.find(({Description}) => Description === 'Main load balancer')
    expect(alb?.IpPermissions.map(({FromPort}) => FromPort)).toEqual(expect.arrayContaining([80, 7860, 8888]))
    const tasks = SecurityGroups.flatMap(({IpPermissions}) => IpPermissions)
    expect(tasks.some(({UserIdGroupPairs}) => UserIdGroupPairs.length > 0)).toBe(true)
  })

  it('shows which interface of a NAT gateway holds an address', () => {
    for (const {NatGatewayAddresses: held} of ec2.DescribeNatGateways({}, here).NatGateways) {
      const {AllocationId = '', AssociationId = '', NetworkInterfaceId, PrivateIp, PublicIp} = held[0] ?? {}
      expect(AssociationId).toMatch(/^eipassoc-[0-9a-f]{17}$/)
      const address = {AllocationId, AssociationId, NetworkInterfaceId, PublicIp, PrivateIpAddress: PrivateIp}
      expect(ec2.DescribeAddresses({AllocationIds: [AllocationId]}, here).Addresses).toMatchObject([address])
      const Filters = [{Name: 'association-id', Values: [AssociationId]}]
      expect(ec2.DescribeAddresses({Filters}, here).Addresses).toMatchObject([address])
      const NetworkInterfaceIds = [NetworkInterfaceId ?? '']
      expect(ec2.DescribeNetworkInterfaces({NetworkInterfaceIds}, here).NetworkInterfaces).toMatchObject([
        {Association: {AllocationId, AssociationId, PublicIp}},
      ])
    }
  })

  it('shows an address that nobody holds without an interface', () => {
    const {physicalId} = maker.make('AWS::EC2::EIP', {})
    const [address] = ec2.DescribeAddresses({PublicIps: [physicalId]}, here).Addresses
    expect(address).toMatchObject({PublicIp: physicalId, PublicIpv4Pool: 'amazon'})
    expect(address).not.toHaveProperty('NetworkInterfaceId')
    expect(address).not.toHaveProperty('AssociationId')
  })

  it('has the default security group beside its own', () => {
    const Filters = [{Name: 'group-name', Values: ['default']}]
    const [group] = ec2.DescribeSecurityGroups({Filters}, here).SecurityGroups
    expect(group).toMatchObject({
      Description: 'default VPC security group',
      VpcId: ec2.DescribeVpcs({}, here).Vpcs[0]?.VpcId,
      IpPermissions: [{IpProtocol: '-1', UserIdGroupPairs: [{GroupId: group?.GroupId}]}],
      IpPermissionsEgress: [{IpProtocol: '-1', IpRanges: [{CidrIp: '0.0.0.0/0'}]}],
      Tags: [],
    })
  })

  it('is filtered with wildcards, and an unknown filter is refused', () => {
    const filtered = (Name: string, value: string) =>
      ec2.DescribeSubnets({Filters: [{Name, Values: [value]}]}, here).Subnets.length
    expect(filtered('cidr-block', '10.0.4?.0/24')).toBe(2)
    expect(filtered('availability-zone', 'us-west-2*')).toBe(6)
    expect(() => filtered('colour', 'red')).toThrow("The filter 'colour' is invalid")
  })

  it('belongs to its region', () => {
    expect(ec2.DescribeVpcs({}, callIn('eu-west-1')).Vpcs).toEqual([])
  })
})

it('a NAT gateway is pending until it is made, and deleting until it is gone', () => {
  const account = engineWorld()
  const api = ec2Operations(account.world)
  const states = () => api.DescribeNatGateways({}, here).NatGateways.map(({State}) => State)
  const network = {VpcId: {Ref: 'Vpc'}, CidrBlock: '10.0.0.0/24'}
  account.create('demo', {
    Resources: {
      Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}},
      Place: {Type: 'AWS::EC2::Subnet', Properties: network},
      Nat: {
        Type: 'AWS::EC2::NatGateway',
        Properties: {SubnetId: {Ref: 'Place'}, ConnectivityType: 'private'},
      },
    },
  })
  account.pass(60)
  expect(states()).toEqual(['pending'])
  account.pass(120)
  expect(states()).toEqual(['available'])
  expect(api.DescribeNatGateways({}, here).NatGateways[0]?.ConnectivityType).toBe('private')
  account.remove('demo')
  account.pass(15)
  expect(states()).toEqual(['deleting'])
  const Filter = [{Name: 'state', Values: ['available', 'pending']}]
  expect(api.DescribeNatGateways({Filter}, here).NatGateways).toEqual([])
  account.pass(120)
  expect(states()).toEqual(['deleted'])
})

it.each([
  () => ec2.DescribeVpcs({VpcIds: ['vpc-0']}, here),
  () => ec2.DescribeSubnets({SubnetIds: ['subnet-0']}, here),
  () => ec2.DescribeSecurityGroups({GroupIds: ['sg-0']}, here),
])('an id that does not exist is refused', describeIt => {
  expect(describeIt).toThrow('does not exist')
})
