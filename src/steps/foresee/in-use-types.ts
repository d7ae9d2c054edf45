/** What it means to those who use it that another resource takes the place of this one, or that it is removed; by type. */
const effects: Readonly<Record<string, string>> = {
  'AWS::CloudFront::Distribution': 'its address changes, and nobody gets in by the old one',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'its address changes, and open connections end',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'its service answers nobody until its tasks are healthy again',
  'AWS::ECS::Cluster': 'all its tasks stop',
  'AWS::ECS::Service': 'its tasks stop, and start anew',
  'AWS::EC2::NatGateway': 'tasks cannot reach the internet meanwhile, and come from another address',
  'AWS::EC2::EIP': 'tasks come from another address',
  'AWS::EC2::VPC': 'everything in it is created again',
  'AWS::EC2::Subnet': 'everything in it is created again',
  'AWS::RDS::DBProxy': 'Keycloak loses its database meanwhile, and nobody can log in',
  'AWS::ServiceDiscovery::PrivateDnsNamespace': 'services do not find each other meanwhile',
}

/** What stops, or changes its address; undefined where nobody notices. */
export function interruptionOf(type: string): string | undefined {
  return Object.hasOwn(effects, type) ? effects[type] : undefined
}
