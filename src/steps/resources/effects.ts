/** What does not work any more, for a student or for a task that starts again, without a resource of this type. */
export const effects: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': 'Its service no longer scales with its load.',
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'Its service no longer scales with its load.',
  'AWS::CertificateManager::Certificate':
    'Listeners that need it cannot be created again, and browsers refuse to connect to them.',
  'AWS::CloudFront::Distribution': 'Its URL does not respond: nobody can log in or call a tool through it.',
  'AWS::CodeBuild::Project': 'No images can be built or imported; what runs is not affected.',
  'AWS::EC2::EIP': 'Its NAT gateway has no address: tasks behind it cannot start again.',
  'AWS::EC2::InternetGateway': 'The environment has no connection to the internet, in either direction.',
  'AWS::EC2::NatGateway': 'Tasks behind it reach neither AWS nor the internet, and cannot start again.',
  'AWS::EC2::Route': 'What it leads to cannot be reached: tasks behind it cannot start again.',
  'AWS::EC2::RouteTable': 'Its subnets reach nothing outside: tasks in them cannot start again.',
  'AWS::EC2::SecurityGroup': 'What it let through is blocked.',
  'AWS::EC2::SecurityGroupEgress': 'What it let through is blocked.',
  'AWS::EC2::SecurityGroupIngress': 'What it let through is blocked.',
  'AWS::EC2::Subnet': 'No task can start in it.',
  'AWS::EC2::SubnetRouteTableAssociation':
    'Its subnet reaches nothing outside: tasks in it cannot start again.',
  'AWS::EC2::VPC': 'Nothing of the environment works without it.',
  'AWS::EC2::VPCEndpoint':
    'Its traffic goes through the NAT gateways instead, which costs more; subnets without a NAT gateway have no connection.',
  'AWS::EC2::VPCGatewayAttachment': 'The environment has no connection to the internet, in either direction.',
  'AWS::ECR::Repository': 'The tasks that run its image cannot start again.',
  'AWS::ECS::Cluster': 'Its services were deleted with it: nobody can log in or call a tool.',
  'AWS::ECS::Service': 'What it serves does not answer, or not as it should.',
  'AWS::ECS::TaskDefinition':
    'Its service runs on, but cannot be updated, rolled back or created again with it.',
  'AWS::EFS::AccessPoint': 'Tasks that mount it cannot start again.',
  'AWS::EFS::FileSystem': 'Tasks that mount it cannot start again.',
  'AWS::EFS::MountTarget': 'Tasks in its zone cannot mount the file system, and cannot start again.',
  'AWS::ElasticLoadBalancingV2::Listener': 'What arrives on its port reaches no service.',
  'AWS::ElasticLoadBalancingV2::ListenerRule': 'Its requests are treated as the listener treats all others.',
  'AWS::ElasticLoadBalancingV2::LoadBalancer':
    'Nothing behind it can be reached: nobody can log in or call a tool.',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'Nothing reaches the service behind it.',
  'AWS::IAM::ManagedPolicy':
    'Calls that it allowed are denied: tasks cannot start again, or fail while they run.',
  'AWS::IAM::Role': 'Services cannot assume it: tasks cannot start again, or fail while they run.',
  'AWS::IAM::RolePolicy':
    'Calls that it allowed are denied: tasks cannot start again, or fail while they run.',
  'AWS::KMS::Key': 'What is encrypted with it cannot be read: tasks cannot start again, the database stops.',
  'AWS::Logs::LogGroup': 'Nothing can write to it, and a task cannot start without its log group.',
  'AWS::RDS::DBCluster': 'Keycloak has no database: nobody can log in.',
  'AWS::RDS::DBInstance': 'The database of Keycloak does not respond: nobody can log in.',
  'AWS::RDS::DBProxy': 'Keycloak cannot reach its database: nobody can log in.',
  'AWS::RDS::DBProxyTargetGroup': 'Keycloak cannot reach its database: nobody can log in.',
  'AWS::Route53::RecordSet':
    'Its name does not resolve to the environment: nobody can log in or call a tool through it.',
  'AWS::SSM::Parameter': 'Tasks that read it cannot start again.',
  'AWS::ServiceDiscovery::PrivateDnsNamespace':
    'Services do not find each other once they start again: no tool can be called.',
  'AWS::SecretsManager::Secret': 'Tasks that read it cannot start again, and logins that need it fail.',
}
