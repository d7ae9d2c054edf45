import {beforeEach, describe, expect, it} from 'vitest'
import {registerEvents} from '../../../../src/rehearsal/control/event-handlers.js'
import {ec2Operations} from '../../../../src/rehearsal/services/ec2/operations.js'
import {callIn} from '../../helpers/call.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

const call = callIn('us-west-2')

function network() {
  const {world, pass} = testWorld()
  registerEvents(world, {endpoint: () => 'http://127.0.0.1:1'})
  const maker = new Maker(world)
  const vpc = maker.make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'}).physicalId
  const subnet = maker.make('AWS::EC2::Subnet', {VpcId: vpc, CidrBlock: '10.0.0.0/24'}).physicalId
  const address = maker.make('AWS::EC2::EIP')
  const allocation = String(address.attributes.AllocationId)
  const gateway = maker.make('AWS::EC2::NatGateway', {SubnetId: subnet, AllocationId: allocation}).physicalId
  return {world, pass, maker, vpc, subnet, allocation, gateway, ec2: ec2Operations(world)}
}

let net: ReturnType<typeof network>
beforeEach(() => {
  net = network()
})

const state = (filter?: {Name: string; Values: string[]}[]) =>
  net.ec2.DescribeNatGateways({Filter: filter}, call).NatGateways.map(({State}) => State)

describe('DeleteNatGateway', () => {
  it('leaves the gateway deleting, then deleted for an hour, then forgotten', () => {
    const {ec2, gateway, pass} = net
    expect(ec2.DeleteNatGateway({NatGatewayId: gateway}, call)).toEqual({NatGatewayId: gateway})
    expect(state()).toEqual(['deleting'])
    pass(70)
    expect(state()).toEqual(['deleted'])
    expect(state([{Name: 'state', Values: ['available', 'deleting']}])).toEqual([])
    pass(3600)
    expect(state()).toEqual([])
  })

  it('is answered alike while the gateway is going, and refused for one that never was', () => {
    const {ec2, gateway, pass} = net
    ec2.DeleteNatGateway({NatGatewayId: gateway}, call)
    pass(20)
    ec2.DeleteNatGateway({NatGatewayId: gateway}, call)
    pass(50)
    expect(state()).toEqual(['deleted'])
    expect(() => ec2.DeleteNatGateway({NatGatewayId: 'nat-0'}, call)).toThrow(
      'NatGateway nat-0 was not found',
    )
  })

  it('keeps its address in use until it has gone', () => {
    const {ec2, gateway, allocation, pass} = net
    ec2.DeleteNatGateway({NatGatewayId: gateway}, call)
    expect(() => ec2.ReleaseAddress({AllocationId: allocation}, call)).toThrow(/is in use/)
    pass(70)
    ec2.ReleaseAddress({AllocationId: allocation}, call)
    expect(ec2.DescribeAddresses({}, call).Addresses).toEqual([])
    expect(() => ec2.ReleaseAddress({AllocationId: allocation}, call)).toThrow(
      `The allocation ID '${allocation}' does not exist`,
    )
  })

  it('makes a black hole of the routes that led to it', () => {
    const {ec2, gateway, maker, vpc, pass} = net
    const table = maker.make('AWS::EC2::RouteTable', {VpcId: vpc}).physicalId
    const route = {RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: gateway}
    maker.make('AWS::EC2::Route', route)
    const states = () => {
      const filters = [{Name: 'route.nat-gateway-id', Values: [gateway]}]
      const [found] = ec2.DescribeRouteTables({Filters: filters}, call).RouteTables
      return found?.Routes.map(({State}) => State)
    }
    expect(states()).toEqual(['active'])
    ec2.DeleteNatGateway({NatGatewayId: gateway}, call)
    pass(70)
    expect(states()).toEqual(['blackhole'])
  })
})

describe('DeleteVpcEndpoints', () => {
  it('takes what there is, and names what there is not', () => {
    const {ec2, maker, vpc, subnet, pass} = net
    const s3 = maker.make('AWS::EC2::VPCEndpoint', {VpcId: vpc, ServiceName: 'com.amazonaws.us-west-2.s3'})
    const logs = maker.make('AWS::EC2::VPCEndpoint', {
      VpcId: vpc,
      ServiceName: 'com.amazonaws.us-west-2.logs',
      VpcEndpointType: 'Interface',
      SubnetIds: [subnet],
    })
    const ids = [s3.physicalId, logs.physicalId]
    expect(ec2.DeleteVpcEndpoints({VpcEndpointIds: [...ids, 'vpce-0']}, call).Unsuccessful).toEqual([
      {
        ResourceId: 'vpce-0',
        Error: {Code: 'InvalidVpcEndpoint.NotFound', Message: "The Vpc Endpoint Id 'vpce-0' does not exist"},
      },
    ])
    const left = () =>
      ec2.DescribeVpcEndpoints({}, call).VpcEndpoints.map(each => [each.VpcEndpointType, each.State])
    expect(left()).toEqual([
      ['Gateway', 'deleting'],
      ['Interface', 'deleting'],
    ])
    pass(30)
    expect(left()).toEqual([['Interface', 'deleting']])
    pass(120)
    expect(left()).toEqual([])
  })
})

describe('network interfaces made by hand', () => {
  it('are available, hold their subnet, and can be taken away', () => {
    const {ec2, subnet, maker, world} = net
    const tags = [{ResourceType: 'network-interface' as const, Tags: [{Key: 'Owner', Value: 'somebody'}]}]
    const made = ec2.CreateNetworkInterface(
      {SubnetId: subnet, TagSpecifications: tags},
      call,
    ).NetworkInterface
    expect(made).toMatchObject({Status: 'available', RequesterManaged: false, SubnetId: subnet})
    expect(made?.TagSet).toEqual([{Key: 'Owner', Value: 'somebody'}])
    expect(made?.Attachment).toBeUndefined()
    const found = world.resource(maker.region, 'AWS::EC2::Subnet', subnet)
    expect(found && maker.blocker(found)).toMatch(/has dependencies/)
    ec2.DeleteNetworkInterface({NetworkInterfaceId: made?.NetworkInterfaceId}, call)
    expect(ec2.DescribeNetworkInterfaces({}, call).NetworkInterfaces).toHaveLength(1)
  })

  it('are told apart from those of a service, which nobody else may take away', () => {
    const {ec2} = net
    const [of] = ec2.DescribeNetworkInterfaces({}, call).NetworkInterfaces
    expect(() => ec2.DeleteNetworkInterface({NetworkInterfaceId: of?.NetworkInterfaceId}, call)).toThrow(
      /is currently in use/,
    )
    expect(() => ec2.DeleteNetworkInterface({NetworkInterfaceId: 'eni-0'}, call)).toThrow(/does not exist/)
  })
})

describe('the ways through a VPC', () => {
  it('lead nowhere without their internet gateway, and an endpoint writes its own', () => {
    const {ec2, maker, vpc} = net
    const table = maker.make('AWS::EC2::RouteTable', {VpcId: vpc}).physicalId
    const InternetGatewayId = maker.make('AWS::EC2::InternetGateway', {}).physicalId
    const attachment = maker.make('AWS::EC2::VPCGatewayAttachment', {VpcId: vpc, InternetGatewayId})
    const to = {RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0'}
    maker.make('AWS::EC2::Route', {...to, GatewayId: InternetGatewayId})
    const endpoint = maker.make('AWS::EC2::VPCEndpoint', {
      ...{VpcId: vpc, ServiceName: 'com.amazonaws.us-west-2.s3', RouteTableIds: [table]},
    })
    const routes = () =>
      ec2
        .DescribeRouteTables({RouteTableIds: [table]}, call)
        .RouteTables[0]?.Routes.map(({GatewayId, State}) => [GatewayId, State])
    expect(routes()).toEqual([
      [InternetGatewayId, 'active'],
      [endpoint.physicalId, 'active'],
    ])
    maker.remove(attachment)
    maker.remove(endpoint)
    expect(routes()).toEqual([[InternetGatewayId, 'blackhole']])
  })

  it('are taken away one by one, and not twice', () => {
    const {ec2, gateway, maker, vpc, subnet} = net
    const table = maker.make('AWS::EC2::RouteTable', {VpcId: vpc}).physicalId
    const destination = {RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0'}
    maker.make('AWS::EC2::Route', {...destination, NatGatewayId: gateway})
    const association = maker.make('AWS::EC2::SubnetRouteTableAssociation', {
      ...{RouteTableId: table, SubnetId: subnet},
    }).physicalId
    ec2.DeleteRoute(destination, call)
    ec2.DisassociateRouteTable({AssociationId: association}, call)
    expect(ec2.DescribeRouteTables({}, call).RouteTables).toMatchObject([{Routes: [], Associations: []}])
    expect(() => ec2.DeleteRoute(destination, call)).toThrow('no route with destination-cidr-block 0.0.0.0/0')
    expect(() => ec2.DisassociateRouteTable({AssociationId: association}, call)).toThrow('does not exist')
  })

  it('to the internet stay while an address is mapped through them', () => {
    const {ec2, gateway, maker, vpc, pass} = net
    const InternetGatewayId = maker.make('AWS::EC2::InternetGateway').physicalId
    maker.make('AWS::EC2::VPCGatewayAttachment', {VpcId: vpc, InternetGatewayId})
    const detach = () => ec2.DetachInternetGateway({InternetGatewayId, VpcId: vpc}, call)
    expect(detach).toThrow('has some mapped public address(es)')
    ec2.DeleteNatGateway({NatGatewayId: gateway}, call)
    pass(70)
    detach()
    expect(detach).toThrow(`is not attached to network ${vpc}`)
  })
})
