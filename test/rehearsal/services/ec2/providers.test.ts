import {beforeEach, describe, expect, it} from 'vitest'
import type {Resource} from '../../../../src/rehearsal/account/account.js'
import {nextPrivateAddress} from '../../../../src/rehearsal/resources/private-addresses.js'
import {networkInterfaces} from '../../../../src/rehearsal/services/ec2/network-interfaces.js'
import {managedPrefixLists} from '../../../../src/rehearsal/services/ec2/prefix-lists.js'
import {rulesOf} from '../../../../src/rehearsal/services/ec2/security-group-providers.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

let clock: ReturnType<typeof testWorld>
let maker: Maker
let vpc: Resource

beforeEach(() => {
  clock = testWorld()
  maker = new Maker(clock.world)
  vpc = maker.make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'})
})

function subnet(cidr: string, zone = 'us-west-2a'): Resource {
  return maker.make('AWS::EC2::Subnet', {VpcId: vpc.physicalId, CidrBlock: cidr, AvailabilityZone: zone})
}

function group(properties: Record<string, unknown> = {}): Resource {
  return maker.make('AWS::EC2::SecurityGroup', {
    VpcId: vpc.physicalId,
    GroupDescription: 'test',
    ...properties,
  })
}

describe('a VPC', () => {
  it('has the attributes that templates ask for', () => {
    expect(vpc.physicalId).toMatch(/^vpc-[0-9a-f]{17}$/)
    expect(vpc.attributes).toMatchObject({VpcId: vpc.physicalId, CidrBlock: '10.0.0.0/16'})
  })

  it('is refused when the region has five', () => {
    for (let count = 1; count < 5; count += 1) maker.make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'})
    expect(() => maker.make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'})).toThrow(
      'The maximum number of VPCs has been reached.',
    )
    expect(() =>
      new Maker(clock.world, 'eu-west-1').make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'}),
    ).not.toThrow()
  })

  it.each(['10.0.0.0/8', '10.0.0.0/29', 'nonsense'])('is refused with the range %s', cidr => {
    expect(() => maker.make('AWS::EC2::VPC', {CidrBlock: cidr})).toThrow(`The CIDR '${cidr}' is invalid.`)
  })

  it('cannot go while something is in it', () => {
    const inside = subnet('10.0.0.0/24')
    expect(maker.blocker(vpc)).toContain(
      `The vpc '${vpc.physicalId}' has dependencies and cannot be deleted.`,
    )
    maker.remove(inside)
    expect(maker.blocker(vpc)).toBeUndefined()
  })
})

describe('the default security group of a VPC', () => {
  const find = (id: unknown) =>
    maker.world.resource(maker.region, 'AWS::EC2::SecurityGroup', String(id)) as Resource

  it('comes and goes with it, and does not hold it', () => {
    const {DefaultSecurityGroup} = vpc.attributes
    expect(DefaultSecurityGroup).toMatch(/^sg-[0-9a-f]{17}$/)
    expect(find(DefaultSecurityGroup).attributes.VpcId).toBe(vpc.physicalId)
    expect(maker.blocker(vpc)).toBeUndefined()
    maker.remove(vpc)
    expect(find(DefaultSecurityGroup)).toBeUndefined()
  })

  it('cannot be deleted by itself', () => {
    const id = String(vpc.attributes.DefaultSecurityGroup)
    expect(maker.blocker(find(id))).toContain(
      `the specified group: "${id}" name: "default" cannot be deleted by a user (Service: AmazonEC2; Status Code: 400; Error Code: CannotDelete; `,
    )
  })

  it('takes rules, and keeps its name to itself', () => {
    const peer = {GroupId: vpc.attributes.DefaultSecurityGroup, IpProtocol: 'tcp', FromPort: 22, ToPort: 22}
    expect(() => maker.make('AWS::EC2::SecurityGroupIngress', {...peer, CidrIp: '10.0.0.0/8'})).not.toThrow()
    expect(() => group({GroupName: 'default'})).toThrow('already exists for VPC')
  })

  it('is that of an endpoint which names none', () => {
    const place = subnet('10.0.0.0/24')
    const properties = {
      VpcId: vpc.physicalId,
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.us-west-2.sts',
      SubnetIds: [place.physicalId],
    }
    maker.make('AWS::EC2::VPCEndpoint', properties)
    maker.make('AWS::EC2::VPCEndpoint', {...properties, SecurityGroupIds: ['sg-1']})
    maker.make('AWS::EC2::NatGateway', {SubnetId: place.physicalId})
    expect(networkInterfaces(maker.world, maker.region).map(({groups}) => groups)).toEqual([
      [vpc.attributes.DefaultSecurityGroup],
      ['sg-1'],
      [],
    ])
  })
})

describe('a subnet', () => {
  it('must not overlap another one of its VPC', () => {
    subnet('10.0.0.0/20')
    expect(() => subnet('10.0.8.0/24')).toThrow("The CIDR '10.0.8.0/24' conflicts with another subnet")
    expect(() => subnet('10.0.16.0/24')).not.toThrow()
  })

  it('must lie in the range of its VPC', () => {
    expect(() => subnet('10.1.0.0/24')).toThrow("The CIDR '10.1.0.0/24' is invalid.")
  })

  it('must name a zone of the region', () => {
    expect(() => subnet('10.0.0.0/24', 'eu-west-1a')).toThrow('parameter availabilityZone is invalid')
    expect(subnet('10.0.0.0/24', 'us-west-2c').attributes.AvailabilityZoneId).toBe('usw2-az3')
  })

  it('gives out addresses after the four that AWS keeps', () => {
    const {physicalId} = subnet('10.0.16.0/20')
    expect(nextPrivateAddress(clock.world, maker.region, physicalId)).toBe('10.0.16.4')
    expect(nextPrivateAddress(clock.world, maker.region, physicalId)).toBe('10.0.16.5')
  })

  it('cannot go while an interface is in it', () => {
    const place = subnet('10.0.0.0/24')
    const address = maker.make('AWS::EC2::EIP', {})
    const nat = maker.make('AWS::EC2::NatGateway', {
      SubnetId: place.physicalId,
      AllocationId: address.attributes.AllocationId,
    })
    expect(maker.blocker(place)).toContain(`The subnet '${place.physicalId}' has dependencies`)
    maker.remove(nat)
    expect(maker.blocker(place)).toBeUndefined()
  })
})

describe('addresses and gateways', () => {
  it('refer to an address by its public IP and to NAT by its allocation', () => {
    const address = maker.make('AWS::EC2::EIP', {Domain: 'vpc'})
    expect(address.attributes.PublicIp).toBe(address.physicalId)
    expect(address.attributes.AllocationId).toMatch(/^eipalloc-[0-9a-f]{17}$/)
    const place = subnet('10.0.0.0/24')
    expect(() =>
      maker.make('AWS::EC2::NatGateway', {SubnetId: place.physicalId, AllocationId: 'eipalloc-0'}),
    ).toThrow('[eipalloc-0] does not exist')
  })

  const refusal = 'API: ec2:disassociateAddress You do not have permission to access the specified resource.'

  it('cannot be released while a NAT gateway holds the address', () => {
    const address = maker.make('AWS::EC2::EIP', {})
    expect(maker.blocker(address)).toBeUndefined()
    const nat = maker.make('AWS::EC2::NatGateway', {
      SubnetId: subnet('10.0.0.0/24').physicalId,
      AllocationId: address.attributes.AllocationId,
    })
    expect(maker.blocker(address)).toBe(refusal)
    maker.remove(nat)
    expect(maker.blocker(address)).toBeUndefined()
  })

  it('cannot be released while a load balancer holds the address', () => {
    const address = maker.make('AWS::EC2::EIP', {})
    const {AllocationId} = address.attributes
    const SubnetMappings = [{SubnetId: subnet('10.0.0.0/24').physicalId, AllocationId}]
    maker.make('AWS::ElasticLoadBalancingV2::LoadBalancer', {Type: 'network', SubnetMappings})
    expect(maker.blocker(address)).toBe(refusal)
    expect(networkInterfaces(maker.world, maker.region)).toMatchObject([{publicIp: address.physicalId}])
  })

  it('keep the internet gateway attached while a NAT gateway has a public address', () => {
    const gateway = maker.make('AWS::EC2::InternetGateway', {})
    const attachment = maker.make('AWS::EC2::VPCGatewayAttachment', {
      VpcId: vpc.physicalId,
      InternetGatewayId: gateway.physicalId,
    })
    expect(attachment.physicalId).toBe(`IGW|${vpc.physicalId}`)
    const place = subnet('10.0.0.0/24')
    const nat = maker.make('AWS::EC2::NatGateway', {SubnetId: place.physicalId})
    expect(maker.blocker(attachment)).toContain('has some mapped public address(es)')
    maker.remove(nat)
    expect(maker.blocker(attachment)).toBeUndefined()
  })
})

describe('routes', () => {
  it('are named by table and destination, and are there once', () => {
    const table = maker.make('AWS::EC2::RouteTable', {VpcId: vpc.physicalId})
    const properties = {RouteTableId: table.physicalId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0'}
    expect(maker.make('AWS::EC2::Route', properties).physicalId).toBe(`${table.physicalId}|0.0.0.0/0`)
    expect(() => maker.make('AWS::EC2::Route', properties)).toThrow('already exists')
  })
})

describe('a security group', () => {
  it('cannot go while a rule of another group names it', () => {
    const target = group()
    const other = group({
      SecurityGroupIngress: [
        {IpProtocol: 'tcp', FromPort: 80, ToPort: 80, SourceSecurityGroupId: target.physicalId},
      ],
    })
    expect(maker.blocker(target)).toContain(`resource ${target.physicalId} has a dependent object`)
    maker.remove(other)
    expect(maker.blocker(target)).toBeUndefined()
  })

  it('may go while only its own rules name it', () => {
    const target = group()
    maker.make('AWS::EC2::SecurityGroupIngress', {
      GroupId: target.physicalId,
      IpProtocol: 'tcp',
      FromPort: 80,
      ToPort: 80,
      SourceSecurityGroupId: target.physicalId,
    })
    expect(maker.blocker(target)).toBeUndefined()
  })

  it('takes each rule once', () => {
    const {physicalId} = group()
    const rule = {GroupId: physicalId, IpProtocol: 'tcp', FromPort: 443, ToPort: '443', CidrIp: '10.0.0.0/8'}
    maker.make('AWS::EC2::SecurityGroupIngress', rule)
    expect(() => maker.make('AWS::EC2::SecurityGroupIngress', {...rule, ToPort: 443})).toThrow(
      'already exists',
    )
    expect(() => maker.make('AWS::EC2::SecurityGroupEgress', rule)).not.toThrow()
  })

  it('that states no egress may reach everything, besides what is beside it', () => {
    const rules = (made: Resource) =>
      rulesOf(clock.world, maker.region, made, 'Egress').map(({CidrIp}) => CidrIp)
    const open = group()
    const narrow = group({
      SecurityGroupEgress: [{IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIp: '10.0.0.0/8'}],
    })
    maker.make('AWS::EC2::SecurityGroupEgress', {
      GroupId: open.physicalId,
      IpProtocol: 'udp',
      CidrIp: '10.0.0.0/8',
    })
    expect(rules(open)).toEqual(['0.0.0.0/0', '10.0.0.0/8'])
    expect(rules(narrow)).toEqual(['10.0.0.0/8'])
  })

  it("counts CloudFront's prefix list as 55 of its 60 rules", () => {
    const list = managedPrefixLists('us-west-2')[0]
    const {physicalId} = group({
      SecurityGroupIngress: [{IpProtocol: 'tcp', FromPort: 80, ToPort: 80, SourcePrefixListId: list?.id}],
    })
    const add = (port: number) =>
      maker.make('AWS::EC2::SecurityGroupIngress', {
        GroupId: physicalId,
        IpProtocol: 'tcp',
        FromPort: port,
        ToPort: port,
        CidrIp: '10.0.0.0/8',
      })
    for (const port of [1, 2, 3, 4, 5]) add(port)
    expect(() => add(6)).toThrow('The maximum number of rules per security group has been reached.')
  })

  it.each([
    [{SourcePrefixListId: 'pl-00000000'}, "The prefix list ID 'pl-00000000' does not exist"],
    [{SourceSecurityGroupId: 'sg-0'}, "The security group 'sg-0' does not exist"],
  ])('refuses the unknown peer %j', (peer, message) => {
    expect(() =>
      group({SecurityGroupIngress: [{IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...peer}]}),
    ).toThrow(message)
  })

  it('has its name to itself in a VPC', () => {
    group({GroupName: 'web'})
    expect(() => group({GroupName: 'web'})).toThrow("The security group 'web' already exists for VPC")
  })
})

describe('a VPC endpoint', () => {
  it('takes longer as an interface than as a gateway, and so does its deletion', () => {
    const place = subnet('10.0.0.0/24')
    const gateway = maker.make('AWS::EC2::VPCEndpoint', {
      VpcId: vpc.physicalId,
      ServiceName: 'com.amazonaws.us-west-2.s3',
    })
    expect(maker.settled(gateway)).toEqual({state: 'ready'})
    const endpoint = maker.make('AWS::EC2::VPCEndpoint', {
      VpcId: vpc.physicalId,
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.us-west-2.sts',
      SubnetIds: [place.physicalId],
    })
    clock.pass(15)
    expect(maker.settled(endpoint)).toMatchObject({state: 'waiting'})
    clock.pass(90)
    expect(maker.settled(endpoint)).toEqual({state: 'ready'})
  })
})
