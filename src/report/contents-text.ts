import type {StackResource} from '../aws/stack-data.js'
import {isDeleted} from '../aws/stack-status.js'

/** What somebody would miss, or pay for, by resource type. */
const notable: Readonly<Record<string, string>> = {
  'AWS::RDS::DBCluster': 'database clusters',
  'AWS::EFS::FileSystem': 'file systems',
  'AWS::SecretsManager::Secret': 'secrets',
  'AWS::ECR::Repository': 'image repositories',
  'AWS::ECS::Service': 'services',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'load balancers',
  'AWS::CloudFront::Distribution': 'distributions',
  'AWS::EC2::NatGateway': 'NAT gateways',
  'AWS::EC2::VPC': 'VPCs',
}

/** Lines that say what stacks hold: how many resources, and which of them matter. */
export function contentsText(stacks: readonly {resources: readonly StackResource[]}[]): string[] {
  const held = stacks
    .flatMap(({resources}) => resources)
    .filter(({type, status}) => type !== 'AWS::CloudFormation::Stack' && !isDeleted(status))
  if (held.length === 0) return []
  const counts = Object.entries(notable).flatMap(([type, name]) => {
    const count = held.filter(resource => resource.type === type).length
    return count === 0 ? [] : `${name}: ${count}`
  })
  return [`  ${held.length} resources${counts.length === 0 ? '' : `, among them ${counts.join(', ')}`}`]
}
