import type {DistributionSummary} from '@aws-sdk/client-cloudfront'
import {allPages, batches} from '../pages.js'
import {type LiveState, type Look, type Routes, thereOf} from './state.js'

/** Values of one filter. Source: EC2 API reference, Filter. */
const valuesPerFilter = 200

/** A filter finds what is there; a list of ids fails as a whole when one of them is missing. */
const vpcs: Look = async (clients, ids) => {
  const ec2 = await clients.ec2()
  const {Vpcs = []} = await ec2.describeVpcs({Filters: [{Name: 'vpc-id', Values: [...ids]}]})
  return thereOf(Vpcs.map(({VpcId}) => VpcId))
}

const subnets: Look = async (clients, ids) => {
  const ec2 = await clients.ec2()
  const {Subnets = []} = await ec2.describeSubnets({Filters: [{Name: 'subnet-id', Values: [...ids]}]})
  return thereOf(Subnets.map(({SubnetId}) => SubnetId))
}

/** Deleted ones are listed for an hour. */
const natGateways: Look = async (clients, ids) => {
  const ec2 = await clients.ec2()
  const {NatGateways = []} = await ec2.describeNatGateways({
    Filter: [{Name: 'nat-gateway-id', Values: [...ids]}],
  })
  return thereOf(NatGateways.filter(({State}) => State !== 'deleted').map(({NatGatewayId}) => NatGatewayId))
}

const securityGroups: Look = async (clients, ids) => {
  const ec2 = await clients.ec2()
  const {SecurityGroups = []} = await ec2.describeSecurityGroups({
    Filters: [{Name: 'group-id', Values: [...ids]}],
  })
  return thereOf(SecurityGroups.map(({GroupId}) => GroupId))
}

/** Rules that stacks made long ago have ids that EC2 does not know: those are not looked at. */
const rules: Look = async (clients, ids) => {
  const ec2 = await clients.ec2()
  const known = ids.filter(id => id.startsWith('sgr-'))
  const found = await Promise.all(
    batches(known, valuesPerFilter).map(batch =>
      allPages(async token => {
        const page = await ec2.describeSecurityGroupRules({
          Filters: [{Name: 'security-group-rule-id', Values: [...batch]}],
          NextToken: token,
        })
        return {items: page.SecurityGroupRules, token: page.NextToken}
      }),
    ),
  )
  const others = ids.filter(id => !id.startsWith('sgr-'))
  return thereOf([...found.flat().map(({SecurityGroupRuleId}) => SecurityGroupRuleId), ...others])
}

/** Deleted ones are listed for a while. Source: EC2 API reference, VpcEndpoint. */
const endpoints: Look = async (clients, ids) => {
  const ec2 = await clients.ec2()
  const {VpcEndpoints = []} = await ec2.describeVpcEndpoints({
    Filters: [{Name: 'vpc-endpoint-id', Values: [...ids]}],
  })
  const staying = VpcEndpoints.filter(({State = ''}) => !/^delet/i.test(State))
  return thereOf(staying.map(({VpcEndpointId}) => VpcEndpointId))
}

/** No filter takes ids. */
const namespaces: Look = async clients => {
  const serviceDiscovery = await clients.serviceDiscovery()
  const all = await allPages(async token => {
    const page = await serviceDiscovery.listNamespaces({NextToken: token})
    return {items: page.Namespaces, token: page.NextToken}
  })
  return thereOf(all.map(({Id}) => Id))
}

const distributions: Look = async clients => {
  const cloudFront = await clients.cloudFront()
  const all = await allPages(async token => {
    const {DistributionList: list} = await cloudFront.listDistributions({Marker: token})
    return {items: list?.Items, token: list?.IsTruncated ? list.NextMarker : undefined}
  })
  return new Map(
    all.map((distribution): [string, LiveState] => [
      distribution.Id ?? '',
      distribution.Enabled ? {is: 'distribution', ...routesOf(distribution)} : {is: 'disabled'},
    ]),
  )
}

/** What a list tells of where a distribution leads is all that there is of it. */
function routesOf({Origins, DefaultCacheBehavior, CacheBehaviors}: DistributionSummary): Routes {
  return {
    origins: (Origins?.Items ?? []).map(
      ({Id, DomainName, OriginPath, CustomOriginConfig, CustomHeaders}) => ({
        id: Id ?? '',
        domain: (DomainName ?? '').toLowerCase(),
        path: OriginPath ?? '',
        protocol: CustomOriginConfig?.OriginProtocolPolicy ?? '',
        headers: (CustomHeaders?.Items ?? []).map(({HeaderName}) => (HeaderName ?? '').toLowerCase()),
      }),
    ),
    behaviors: [
      {path: '*', origin: DefaultCacheBehavior?.TargetOriginId ?? ''},
      ...(CacheBehaviors?.Items ?? []).map(({PathPattern, TargetOriginId}) => ({
        path: PathPattern ?? '',
        origin: TargetOriginId ?? '',
      })),
    ],
  }
}

export const networkLooks: Readonly<Record<string, Look>> = {
  'AWS::EC2::VPC': vpcs,
  'AWS::EC2::Subnet': subnets,
  'AWS::EC2::NatGateway': natGateways,
  'AWS::EC2::SecurityGroup': securityGroups,
  'AWS::EC2::VPCEndpoint': endpoints,
  'AWS::EC2::SecurityGroupIngress': rules,
  'AWS::EC2::SecurityGroupEgress': rules,
  'AWS::ServiceDiscovery::PrivateDnsNamespace': namespaces,
  'AWS::CloudFront::Distribution': distributions,
}
