import type {NetworkInterface} from '@aws-sdk/client-ec2'
import type {EC2} from '../ec2-client.js'
import {interfaceOwner} from '../interface-owner.js'
import {allPages} from '../pages.js'
import {arnIn, type Existing, type Reader, type Sought, tagsOf} from './reader.js'

/** Source: Amazon EC2 API reference, MaxResults. */
const largestPage = 1000

/** What EC2 says of one thing: its id, and the VPC that it is in. */
interface Found {
  readonly id: string | undefined
  readonly tags: {Key?: string; Value?: string}[] | undefined
  readonly within?: readonly (string | undefined)[]
  /** Where CloudFormation knows it by something else. */
  readonly physicalId?: string | undefined
  readonly isGoing?: boolean
  readonly owner?: string
}

/** A reader of one kind, from the pages of EC2. */
function ec2Reader(
  type: string,
  page: (
    ec2: EC2,
    token: string | undefined,
  ) => Promise<{items: readonly Found[]; token: string | undefined}>,
): Reader {
  return async (clients, sought) => {
    const ec2 = await clients.ec2()
    const all = await allPages(token => page(ec2, token))
    return all.map(found => existing(sought, type, found))
  }
}

function existing(sought: Sought, type: string, found: Found): Existing {
  const {id = '', tags, within = [], physicalId = id, isGoing, owner} = found
  return {
    ...{kind: `ec2:${type}`, arn: arnIn(sought, 'ec2', `${type}/${id}`), name: id, id: physicalId},
    tags: tagsOf(tags ?? []),
    within: within.flatMap(each => each ?? []),
    ...(isGoing ? {isGoing} : {}),
    ...(owner === undefined ? {} : {owner}),
  }
}

const vpcs = ec2Reader('vpc', async (ec2, NextToken) => {
  const page = await ec2.describeVpcs({MaxResults: largestPage, NextToken})
  return {
    items: (page.Vpcs ?? []).map(({VpcId: id, Tags: tags}) => ({id, tags})),
    token: page.NextToken,
  }
})

const subnets = ec2Reader('subnet', async (ec2, NextToken) => {
  const page = await ec2.describeSubnets({MaxResults: largestPage, NextToken})
  return {
    items: (page.Subnets ?? []).map(({SubnetId: id, Tags: tags, VpcId}) => ({id, tags, within: [VpcId]})),
    token: page.NextToken,
  }
})

/** Deleted ones are listed for an hour. */
const natGateways = ec2Reader('natgateway', async (ec2, NextToken) => {
  const page = await ec2.describeNatGateways({MaxResults: largestPage, NextToken})
  return {
    items: (page.NatGateways ?? [])
      .filter(({State}) => State !== 'deleted')
      .map(({NatGatewayId: id, Tags: tags, VpcId}) => ({id, tags, within: [VpcId]})),
    token: page.NextToken,
  }
})

/** Has no pages. */
const addresses = ec2Reader('elastic-ip', async ec2 => {
  const {Addresses = []} = await ec2.describeAddresses({})
  return {
    items: Addresses.map(({AllocationId: id, PublicIp, Tags: tags}) => ({id, tags, physicalId: PublicIp})),
    token: undefined,
  }
})

/** Deleted ones are listed for a while. Source: EC2 API reference, VpcEndpoint. */
const endpoints = ec2Reader('vpc-endpoint', async (ec2, NextToken) => {
  const page = await ec2.describeVpcEndpoints({MaxResults: largestPage, NextToken})
  return {
    items: (page.VpcEndpoints ?? [])
      .filter(({State = ''}) => State.toLowerCase() !== 'deleted')
      .map(({VpcEndpointId: id, Tags: tags, VpcId}) => ({id, tags, within: [VpcId]})),
    token: page.NextToken,
  }
})

/** The group that EC2 makes in every VPC goes with that. */
const securityGroups = ec2Reader('security-group', async (ec2, NextToken) => {
  const page = await ec2.describeSecurityGroups({MaxResults: largestPage, NextToken})
  return {
    items: (page.SecurityGroups ?? [])
      .filter(({GroupName}) => GroupName !== 'default')
      .map(({GroupId: id, Tags: tags, VpcId}) => ({id, tags, within: [VpcId]})),
    token: page.NextToken,
  }
})

/** Its description tells; its ARN is not wanted here. */
function ownerOf({NetworkInterfaceId: id = '', ...each}: NetworkInterface): string {
  return interfaceOwner({
    ...{id, description: each.Description ?? '', requester: each.RequesterId},
    ...{instanceId: each.Attachment?.InstanceId, isAvailable: each.Status === 'available'},
    place: {partition: '', region: '', account: ''},
  }).owner
}

const interfaces = ec2Reader('network-interface', async (ec2, NextToken) => {
  const page = await ec2.describeNetworkInterfaces({MaxResults: largestPage, NextToken})
  return {
    items: (page.NetworkInterfaces ?? []).map(each => ({
      ...{id: each.NetworkInterfaceId, tags: each.TagSet},
      within: [each.VpcId, ...(each.Groups ?? []).map(({GroupId}) => GroupId)],
      owner: ownerOf(each),
    })),
    token: page.NextToken,
  }
})

/** The main table of a VPC goes with that. */
const routeTables = ec2Reader('route-table', async (ec2, NextToken) => {
  const page = await ec2.describeRouteTables({MaxResults: 100, NextToken})
  return {
    items: (page.RouteTables ?? [])
      .filter(({Associations = []}) => !Associations.some(({Main}) => Main))
      .map(({RouteTableId: id, Tags: tags, VpcId}) => ({id, tags, within: [VpcId]})),
    token: page.NextToken,
  }
})

const internetGateways = ec2Reader('internet-gateway', async (ec2, NextToken) => {
  const page = await ec2.describeInternetGateways({MaxResults: largestPage, NextToken})
  return {
    items: (page.InternetGateways ?? []).map(({InternetGatewayId: id, Tags: tags, Attachments = []}) => ({
      ...{id, tags},
      within: Attachments.map(({VpcId}) => VpcId),
    })),
    token: page.NextToken,
  }
})

export const networkReaders: Readonly<Record<string, Reader>> = {
  'ec2:vpc-endpoint': endpoints,
  'ec2:natgateway': natGateways,
  'ec2:elastic-ip': addresses,
  'ec2:network-interface': interfaces,
  'ec2:security-group': securityGroups,
  'ec2:route-table': routeTables,
  'ec2:subnet': subnets,
  'ec2:internet-gateway': internetGateways,
  'ec2:vpc': vpcs,
}
