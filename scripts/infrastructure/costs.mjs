/** What of a deployment AWS bills, and by what. What that comes to is in prices.mjs. */
import {idsIn} from './deployment.mjs'
import {table} from './tables.mjs'

/**
 * By type: what is metered, and what makes it more or less. Each says what its service's pricing page says.
 * A type of the templates has to be here or in `free`.
 */
const billed = {
  'AWS::EC2::NatGateway': [
    'hours of each; GB that pass through it',
    'What the tasks fetch from outside the VPC. Image layers do not count: they come through the S3 endpoint.',
  ],
  'AWS::EC2::EIP': ['hours of each public IPv4 address', 'One for each NAT gateway.'],
  'AWS::EC2::VPCEndpoint': [
    'hours of an interface endpoint in each of its subnets; GB. Gateway endpoints are free.',
    interfaceEndpoints,
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    'hours of each; load balancer capacity units (LCU); hours of its public IPv4 addresses, one or more a zone',
    'Connections, requests and GB of the viewers.',
  ],
  'AWS::CloudFront::Distribution': [
    'requests and GB to the viewers; nothing while nobody calls',
    'With `BaseDomain` there are none.',
  ],
  'AWS::CloudFront::Function': [
    'invocations: one for each request to Keycloak',
    'Only with an `AdminCidrBlocks` that is not everybody, and without `BaseDomain`.',
  ],
  'AWS::ECS::Service': [
    'Fargate: vCPU and GB of memory, by the second, from the pull of the image to the end of the task',
    'The sizes below; `MinCapacity`, `MaxCapacity`, `EnableAutoScaling`.',
  ],
  'AWS::ECS::Cluster': [
    'nothing by itself; Container Insights, which is on: CloudWatch metrics and log data',
    'Number of tasks and services.',
  ],
  'AWS::RDS::DBInstance': [
    'Aurora capacity units (ACU), by the second',
    'Load, between `DatabaseMinACU` and `DatabaseMaxACU`.',
  ],
  'AWS::RDS::DBCluster': [
    'GB-months of storage; I/O requests; backups beyond the size of the database',
    'Size of the Keycloak database; `KeepDatabaseSnapshot` leaves a snapshot.',
  ],
  'AWS::RDS::DBProxy': [
    'ACU-hours of the database behind it, at least 8 ACU',
    'Capacity of the database above that.',
  ],
  'AWS::KMS::Key': ['key-months, by the hour; requests', 'A key that waits for its deletion costs nothing.'],
  'AWS::SecretsManager::Secret': [
    'secret-months, by the hour; calls',
    'Every start of a task reads its secrets.',
  ],
  'AWS::EFS::FileSystem': [
    'GB-months stored',
    'Logs, embedding models and server definitions of the registry.',
  ],
  'AWS::ECR::Repository': ['GB-months stored', 'Images by tag; untagged ones go after seven days.'],
  'AWS::CodeBuild::Project': [
    'minutes of a build',
    ([{properties}]) =>
      `\`${properties.Environment.ComputeType}\`; one build when an environment is created, when its source changes, when its images are exported. \`ContainerImagesBucket\` makes it shorter.`,
  ],
  'AWS::Lambda::Function': ['requests; GB-seconds', 'Two short runs a build.'],
  'AWS::Logs::LogGroup': ['GB taken in; GB-months kept', retention],
  'AWS::CloudWatch::Alarm': ['alarm-months, by the hour', '`EnableMonitoring`'],
  'AWS::ApplicationAutoScaling::ScalingPolicy': [
    'nothing by itself; the two CloudWatch alarms that it keeps',
    '`EnableAutoScaling`',
  ],
  'AWS::ServiceDiscovery::PrivateDnsNamespace': [
    'its Route 53 private hosted zone: zone-months; DNS queries',
    'One for each environment.',
  ],
  'AWS::SNS::Topic': ['notifications', '`AlarmEmail`'],
}

/** Types that cost nothing by themselves. */
const free = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::CertificateManager::Certificate',
  'AWS::CloudFormation::Stack',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::ECS::ClusterCapacityProviderAssociations',
  'AWS::ECS::TaskDefinition',
  'AWS::EFS::AccessPoint',
  'AWS::EFS::MountTarget',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  // Events of AWS services are free.
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::KMS::Alias',
  'AWS::Lambda::Permission',
  'AWS::RDS::DBClusterParameterGroup',
  'AWS::RDS::DBProxyTargetGroup',
  'AWS::RDS::DBSubnetGroup',
  // Queries for aliases of load balancers are free; the hosted zone is the user's.
  'AWS::Route53::RecordSet',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  // Of the standard tier.
  'AWS::SSM::Parameter',
  'Custom::ContainerImages',
])

/** @throws Error naming the types that nobody has judged yet. */
export function costTable({resources}) {
  const types = new Set(resources.map(({type}) => type))
  const unknown = [...types].filter(type => !(type in billed) && !free.has(type))
  if (unknown.length > 0)
    throw new Error(`scripts/infrastructure/costs.mjs does not say whether AWS bills ${unknown.join(', ')}.`)
  const rows = Object.entries(billed)
    .filter(([type]) => types.has(type))
    .map(([type, [meter, drivers]]) => {
      const members = resources.filter(resource => resource.type === type && resource.exists)
      const text = typeof drivers === 'string' ? drivers : drivers(members)
      return [`\`${type}\``, members.length, meter, text]
    })
  return table(['resource', 'number', 'billed by', 'what makes it more or less'], rows)
}

/** The Fargate tasks, with default parameters: `vcpu` and `gb` of each, and the `fewest` and `most` of them. */
export function tasks({resources, find}) {
  const ofType = type => resources.filter(resource => resource.type === type && resource.exists)
  return ofType('AWS::ECS::Service').map(({id, properties}) => {
    const [definition] = idsIn(properties.TaskDefinition)
    const {declared, properties: task} = find(definition)
    const scaling = ofType('AWS::ApplicationAutoScaling::ScalableTarget').find(target =>
      idsIn(target.properties.ResourceId).includes(id),
    )
    const fewest = Number(scaling?.properties.MinCapacity ?? properties.DesiredCount)
    const most = Number(scaling?.properties.MaxCapacity ?? properties.DesiredCount)
    const parameters = [declared.Cpu, declared.Memory].flatMap(value =>
      value?.Ref ? `\`${value.Ref}\`` : [],
    )
    return {
      family: task.Family,
      vcpu: Number(task.Cpu) / 1024,
      gb: Number(task.Memory) / 1024,
      fewest,
      most,
      parameters,
    }
  })
}

/** Size and number of the Fargate tasks. */
export function taskTable(deployment) {
  const sizes = tasks(deployment)
  const sum = amount => sizes.reduce((total, size) => total + amount(size), 0)
  return table(
    ['task', 'vCPU', 'GB', 'tasks', 'size set by'],
    [
      ...sizes.map(({family, vcpu, gb, fewest, most, parameters}) => [
        `\`${family}\``,
        vcpu,
        gb,
        fewest === most ? fewest : `${fewest} to ${most}`,
        parameters.join(', ') || 'fixed',
      ]),
      [
        '**all, at the fewest tasks**',
        sum(({vcpu, fewest}) => vcpu * fewest),
        sum(({gb, fewest}) => gb * fewest),
        sum(({fewest}) => fewest),
        '',
      ],
    ],
  )
}

function interfaceEndpoints(members) {
  return members
    .filter(({properties}) => properties.VpcEndpointType === 'Interface')
    .map(({logicalId, properties}) => `\`${logicalId}\` in ${properties.SubnetIds.length} subnets.`)
    .join(' ')
}

function retention(members) {
  const days = members.map(({properties}) => Number(properties.RetentionInDays))
  return `What the services write, kept for ${Math.min(...days)} to ${Math.max(...days)} days.`
}
