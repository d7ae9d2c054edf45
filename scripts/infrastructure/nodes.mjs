/** What the diagram shows: one node for each kind of thing in a stack, and the services one by one. */
import {idsIn} from './deployment.mjs'

/**
 * Types that connect or equip others and would hide them: arrows pass through them. A type that is in neither list
 * is drawn under its own name, so that nothing new goes missing.
 */
const equipment = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::EC2::EIP',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::ECS::Cluster',
  'AWS::ECS::ClusterCapacityProviderAssociations',
  'AWS::ECS::TaskDefinition',
  'AWS::EFS::AccessPoint',
  'AWS::EFS::MountTarget',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::KMS::Alias',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBClusterParameterGroup',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBProxyTargetGroup',
  'AWS::RDS::DBSubnetGroup',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SSM::Parameter',
  'AWS::ServiceDiscovery::PrivateDnsNamespace',
])

const names = {
  'AWS::CloudFront::Distribution': 'CloudFront distribution',
  'AWS::CloudWatch::Alarm': 'CloudWatch alarm',
  'AWS::CodeBuild::Project': 'CodeBuild project',
  'AWS::EC2::InternetGateway': 'internet gateway',
  'AWS::EC2::NatGateway': 'NAT gateway',
  'AWS::EC2::VPCEndpoint': 'VPC endpoint',
  'AWS::ECR::Repository': 'ECR repository',
  'AWS::ECS::Service': 'ECS service',
  'AWS::EFS::FileSystem': 'EFS file system',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'application load balancer',
  'AWS::Events::Rule': 'EventBridge rule',
  'AWS::KMS::Key': 'KMS key',
  'AWS::Lambda::Function': 'Lambda function',
  'AWS::RDS::DBCluster': 'Aurora Serverless v2 cluster',
  'AWS::RDS::DBProxy': 'RDS Proxy',
  'AWS::SNS::Topic': 'SNS topic',
  'AWS::SecretsManager::Secret': 'Secrets Manager secret',
  'Custom::ContainerImages': 'waits for the image build',
}

/** Types of which each one has its own place in the flow. */
const single = new Set(['AWS::CloudFront::Distribution', 'AWS::ElasticLoadBalancingV2::LoadBalancer'])

/** A node has `id`, `stack`, `label`, `isService` and the `resources` that it stands for. */
export function nodesOf({stacks, resources}) {
  const members = new Map()
  for (const resource of resources) {
    if (!resource.exists || resource.stack === 'main' || equipment.has(resource.type)) continue
    const key = keyOf(resource)
    members.set(key, [...(members.get(key) ?? []), resource])
  }
  const environment = stacks[0].template.parameters.EnvironmentName.default
  return Array.from(members.values(), group => nodeOf(group, environment))
}

function keyOf({id, stack, type, properties}) {
  if (type === 'AWS::ECS::Service') {
    // Services behind a load balancer are drawn alone, the others with those of their security group.
    return properties.LoadBalancers ? id : `${stack} ${type} ${idsIn(securityGroupsOf(properties))}`
  }
  return single.has(type) ? id : `${stack} ${type}`
}

function nodeOf(resources, environment) {
  const [{stack, type, logicalId}] = resources
  const isService = type === 'AWS::ECS::Service'
  const name = names[type] ?? type.split('::').slice(1).join(' ')
  const title = isService
    ? resources.map(({properties}) => properties.ServiceName.replace(`${environment}-`, '')).join('<br/>')
    : resources.length > 1
      ? `${name} × ${resources.length}`
      : `${logicalId}<br/>${name}`
  return {id: `${stack}_${logicalId}`, stack, label: title, isService, resources}
}

/** The security groups that a resource puts its network interfaces into. */
export function securityGroupsOf(properties) {
  const {NetworkConfiguration, SecurityGroups, SecurityGroupIds, VpcSecurityGroupIds} = properties
  return [
    NetworkConfiguration?.AwsvpcConfiguration?.SecurityGroups,
    SecurityGroups,
    SecurityGroupIds,
    VpcSecurityGroupIds,
  ]
}
