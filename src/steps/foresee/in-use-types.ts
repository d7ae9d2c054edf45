/** What it means to those who use it that another resource takes the place of this one, or that it is removed; by type. */
const effects: Readonly<Record<string, string>> = {
  'AWS::CloudFront::Distribution': 'its URL changes, and the old one stops working',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'its address changes, and open connections end',
  'AWS::ElasticLoadBalancingV2::TargetGroup':
    'its service cannot be reached until its tasks are healthy again',
  'AWS::ECS::Cluster': 'all its tasks stop',
  'AWS::ECS::Service': 'its tasks stop and start again',
  'AWS::EC2::NatGateway':
    'tasks cannot reach the internet in the meantime, and get another public IP address',
  'AWS::EC2::EIP': 'tasks come from another address',
  'AWS::EC2::VPC': 'everything in it is created again',
  'AWS::EC2::Subnet': 'everything in it is created again',
  'AWS::RDS::DBProxy': 'Keycloak cannot reach its database in the meantime, and nobody can log in',
  'AWS::ServiceDiscovery::PrivateDnsNamespace': 'services cannot find each other in the meantime',
}

/** What stops, or changes its address; undefined where nobody notices. */
export function interruptionOf(type: string): string | undefined {
  return Object.hasOwn(effects, type) ? effects[type] : undefined
}
