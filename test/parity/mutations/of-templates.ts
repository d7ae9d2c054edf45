import type {Mutation} from './mutation.js'
import {
  copied,
  edited,
  inContainer,
  property,
  type TemplateChange,
  withoutResource,
} from './template-changes.js'

function mutation(
  where: string,
  what: string,
  change: TemplateChange,
  name = `${where} ${what}`,
): Mutation<TemplateChange> {
  return {name, change, where, what}
}

/** Another value of a property, or none. */
function changed(resource: string, path: string, to: unknown, what = path): Mutation<TemplateChange> {
  return mutation(resource, what, property(resource, path, to), `${resource} ${path}`)
}

const attribute = (list: any[], key: string) => list.find(({Key}) => Key === key)

const network: readonly Mutation<TemplateChange>[] = [
  changed('network.Vpc', 'EnableDnsHostnames', false),
  changed('network.Vpc', 'InstanceTenancy', 'dedicated'),
  changed('network.PrivateSubnet2', 'CidrBlock', '10.0.200.0/24'),
  changed('network.PublicSubnet1', 'AvailabilityZone', 'us-east-1f'),
  changed('network.PublicDefaultRoute', 'DestinationCidrBlock', '10.0.0.0/8'),
  changed('network.PrivateDefaultRoute2', 'NatGatewayId', {Ref: 'NatGateway1'}),
  changed('network.PrivateSubnet3Routes', 'RouteTableId', {Ref: 'PublicRouteTable'}),
  changed('network.NatGateway1', 'AllocationId', {'Fn::GetAtt': ['NatEip2', 'AllocationId']}),
  changed('network.StsEndpoint', 'PrivateDnsEnabled', false),
  changed(
    'network.StsEndpoint',
    'PolicyDocument',
    {Statement: [{Effect: 'Deny', Action: '*', Resource: '*'}]},
    'Policy',
  ),
  changed('network.S3Endpoint', 'RouteTableIds', [{Ref: 'PrivateRouteTable1'}]),
]

const rules: readonly Mutation<TemplateChange>[] = [
  mutation(
    'network.DatabaseSecurityGroup',
    'ingress tcp 3306 from 0.0.0.0/0',
    edited('network.DatabaseFromKeycloakEcs', properties => {
      delete properties.SourceSecurityGroupId
      properties.CidrIp = '0.0.0.0/0'
    }),
    'the database is open to the world',
  ),
  mutation(
    'network.EfsSecurityGroup',
    'ingress tcp 22 from 0.0.0.0/0',
    edited('network.EfsSecurityGroup', ({SecurityGroupIngress: rules}) => {
      rules.push({IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0'})
    }),
    'one more rule of the file system',
  ),
  mutation(
    'network.KeycloakEcsSecurityGroup',
    'egress',
    edited('network.KeycloakEcsSecurityGroup', ({SecurityGroupEgress: rules}) => void rules.pop()),
    'Keycloak may no longer go somewhere',
  ),
  mutation(
    'network.EcsTasksSecurityGroup',
    'ingress tcp 8888-8890',
    property('network.EcsTasksAuthServerFromMainAlb', 'ToPort', 8890),
  ),
  mutation(
    'network.DatabaseSecurityGroup',
    'ingress tcp 3306 from <network.EcsTasksSecurityGroup>',
    property('network.DatabaseFromKeycloakEcs', 'SourceSecurityGroupId', {Ref: 'EcsTasksSecurityGroup'}),
  ),
  mutation(
    'network.VpcEndpointSecurityGroup',
    'egress all to 0.0.0.0/0',
    property('network.VpcEndpointSecurityGroup', 'SecurityGroupEgress', undefined),
    'endpoints may go anywhere, by default',
  ),
]

const data: readonly Mutation<TemplateChange>[] = [
  changed('data.DatabaseCluster', 'StorageEncrypted', undefined),
  changed('data.DatabaseCluster', 'BackupRetentionPeriod', undefined),
  changed('data.DatabaseCluster', 'DeletionProtection', true),
  changed('data.DatabaseCluster', 'KmsKeyId', undefined),
  changed('data.DatabaseCluster', 'ServerlessV2ScalingConfiguration.MaxCapacity', 64),
  changed('data.DatabaseCluster', 'EnableHttpEndpoint', true),
  changed('data.DatabaseWriter', 'DBInstanceClass', 'db.t3.medium'),
  changed('data.DatabaseWriter', 'PubliclyAccessible', true),
  changed('data.DatabaseProxy', 'Auth.0.IAMAuth', 'REQUIRED'),
  changed('data.DatabaseProxy', 'RoleArn', {'Fn::Sub': 'arn:aws:iam::123456789012:role/other'}),
  changed('data.DatabaseKey', 'EnableKeyRotation', false),
  changed('data.FileSystem', 'Encrypted', false),
  changed('data.FileSystem', 'FileSystemPolicy.Statement.0.Effect', 'Allow', 'FileSystemPolicy'),
  changed('data.FileSystem', 'LifecyclePolicies', [{TransitionToIA: 'AFTER_7_DAYS'}]),
  changed('data.ServersAccessPoint', 'RootDirectory.Path', '/'),
  changed('data.LogsAccessPoint', 'PosixUser.Gid', '0'),
  changed('data.FileSystemMountTarget1', 'SecurityGroups', []),
  changed('data.KeycloakDatabaseUsernameParameter', 'Value', 'root', 'Value'),
  changed('data.SecretKeySecret', 'GenerateSecretString.PasswordLength', 8),
]

const compute: readonly Mutation<TemplateChange>[] = [
  changed('compute.MainAlb', 'Scheme', 'internal'),
  mutation(
    'compute.MainAlb',
    'drop_invalid_header_fields',
    edited('compute.MainAlb', ({LoadBalancerAttributes: list}) => {
      attribute(list, 'routing.http.drop_invalid_header_fields.enabled').Value = 'false'
    }),
  ),
  mutation(
    'compute.KeycloakAlb',
    'http2',
    edited('compute.KeycloakAlb', ({LoadBalancerAttributes: list}) => {
      list.push({Key: 'routing.http2.enabled', Value: 'false'})
    }),
  ),
  changed('compute.MainHttpsListener', 'Certificates.0.CertificateArn', {Ref: 'KeycloakCertificate'}),
  changed('compute.KeycloakHttpsListener', 'SslPolicy', 'ELBSecurityPolicy-2016-08'),
  changed('compute.AuthListener', 'DefaultActions.0.TargetGroupArn', {Ref: 'RegistryTargetGroup'}),
  changed('compute.RegistryTargetGroup', 'HealthCheckPath', '/'),
  mutation(
    'compute.GradioTargetGroup',
    'deregistration_delay',
    edited('compute.GradioTargetGroup', ({TargetGroupAttributes: list}) => {
      attribute(list, 'deregistration_delay.timeout_seconds').Value = '300'
    }),
  ),
  changed('compute.RegistryRecord', 'AliasTarget.DNSName', {'Fn::GetAtt': ['KeycloakAlb', 'DNSName']}),
  changed('compute.MainEcsCluster', 'ClusterSettings.0.Value', 'disabled', 'ClusterSettings'),
  changed('compute.KeycloakRepository', 'ImageScanningConfiguration.ScanOnPush', false),
  changed('compute.ServiceDiscoveryNamespace', 'Name', 'other.local'),
  mutation(
    'compute.TaskRole',
    'Allow s3:* on *',
    edited('compute.TaskRole', properties => {
      const statement = {Effect: 'Allow', Action: 's3:*', Resource: '*'}
      properties.Policies = [{PolicyName: 'more', PolicyDocument: {Statement: [statement]}}]
    }),
    'tasks may do more with S3',
  ),
  mutation(
    'compute.AppTaskExecutionRole',
    'secretsmanager:putsecretvalue',
    edited('services.AppExecutionPolicy', ({PolicyDocument: {Statement: statements}}) => {
      statements[0].Action = ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue']
    }),
    'a policy of its own gives a role one action more',
  ),
  mutation(
    'compute.KeycloakTaskRole',
    'AssumeRolePolicyDocument',
    property('compute.KeycloakTaskRole', 'AssumeRolePolicyDocument.Statement.0.Principal', {AWS: '*'}),
  ),
  mutation(
    'compute.ExecPolicy',
    'PolicyDocument',
    edited('compute.ExecPolicy', ({PolicyDocument: {Statement: statements}}) => {
      statements[0].Action.push('ssm:SendCommand')
    }),
    'the managed policy grants one action more',
  ),
  mutation(
    'compute.AgentTaskRole',
    'AdministratorAccess',
    edited('compute.AgentTaskRole', ({ManagedPolicyArns: policies}) => {
      policies.push('arn:aws:iam::aws:policy/AdministratorAccess')
    }),
  ),
]

const services: readonly Mutation<TemplateChange>[] = [
  changed('services.RegistryService', 'DeploymentConfiguration.MaximumPercent', 100),
  changed('services.KeycloakService', 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'ENABLED'),
  changed('services.AuthServerService', 'LoadBalancers.0.ContainerPort', 9999),
  changed('services.RegistryTaskDefinition', 'Memory', '512'),
  changed('services.AuthServerLogGroup', 'RetentionInDays', 1),
  changed('services.RegistryCpuScalingPolicy', 'TargetTrackingScalingPolicyConfiguration.TargetValue', 99),
  changed('services.AuthServerScalableTarget', 'MaxCapacity', 50),
  changed(
    'services.AuthCpuHighAlarm',
    'Dimensions.1.Value',
    {'Fn::GetAtt': ['RegistryService', 'Name']},
    'Dimensions',
  ),
  changed('services.Alb5xxErrorsAlarm', 'ComparisonOperator', 'LessThanThreshold'),
  mutation(
    'services.McpgwTaskDefinition',
    'ContainerDefinitions.mcpgw-server.Environment.REGISTRY_BASE_URL',
    inContainer('services.McpgwTaskDefinition', 'mcpgw-server', ({Environment: variables}) => {
      variables.find(({Name}: {Name: string}) => Name === 'REGISTRY_BASE_URL').Value = 'http://elsewhere'
    }),
  ),
  mutation(
    'services.KeycloakTaskDefinition',
    'ContainerDefinitions.keycloak.Environment.KC_DEBUG',
    inContainer('services.KeycloakTaskDefinition', 'keycloak', ({Environment: variables}) => {
      variables.push({Name: 'KC_DEBUG', Value: 'true'})
    }),
  ),
  mutation(
    'services.RegistryTaskDefinition',
    'ContainerDefinitions.registry.MountPoints',
    inContainer('services.RegistryTaskDefinition', 'registry', ({MountPoints: mounts}) => {
      mounts.find(({ContainerPath}: {ContainerPath: string}) => ContainerPath === '/app/logs').ReadOnly = true
    }),
  ),
  mutation(
    'services.AuthServerTaskDefinition',
    'ContainerDefinitions.auth-server.Secrets.SECRET_KEY',
    inContainer('services.AuthServerTaskDefinition', 'auth-server', ({Secrets: secrets}) => {
      const at = (name: string) => secrets.find(({Name}: {Name: string}) => Name === name)
      at('SECRET_KEY').ValueFrom = at('KEYCLOAK_CLIENT_SECRET').ValueFrom
    }),
  ),
  mutation(
    'services.CurrentTimeTaskDefinition',
    'ContainerDefinitions.currenttime-server.HealthCheck',
    inContainer('services.CurrentTimeTaskDefinition', 'currenttime-server', container => {
      delete container.HealthCheck
    }),
  ),
]

const resources: readonly Mutation<TemplateChange>[] = [
  mutation(
    'services.RegistryCpuScalingPolicy',
    'missing',
    withoutResource('services.RegistryCpuScalingPolicy'),
  ),
  mutation('services.AuthMemoryHighAlarm', 'missing', withoutResource('services.AuthMemoryHighAlarm')),
  mutation('network.StsEndpoint', 'missing', withoutResource('network.StsEndpoint')),
  mutation(
    'network.DatabaseSecurityGroup',
    'ingress tcp 3306 from <network.KeycloakEcsSecurityGroup>',
    withoutResource('network.DatabaseFromKeycloakEcs'),
    'no rule that lets Keycloak to its database',
  ),
  mutation('network.LambdaEndpoint', 'only here', copied('network.StsEndpoint', 'LambdaEndpoint')),
  mutation('data.PluginsAccessPoint', 'only here', copied('data.LogsAccessPoint', 'PluginsAccessPoint')),
]

export const templateMutations = [...network, ...rules, ...data, ...compute, ...services, ...resources]
