import {
  CreateStackCommand,
  DescribeStackResourcesCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation'
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListClustersCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {check, refused} from '../check.js'
import type {Clients} from '../clients.js'

const template = `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.9.0.0/16}}
  SubnetA: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.9.0.0/24, AvailabilityZone: us-west-2a}}
  SubnetB: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.9.1.0/24, AvailabilityZone: us-west-2b}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: of both, VpcId: !Ref Vpc}}
  Cluster: {Type: AWS::ECS::Cluster, Properties: {ClusterName: both-cluster}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: both-task
      Cpu: '256'
      Memory: '512'
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions:
        - {Name: web, Image: nginx, Essential: true, PortMappings: [{ContainerPort: 80}], Environment: [{Name: A, Value: b}]}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Name: both-balancer, Scheme: internal, Type: application, Subnets: [!Ref SubnetA, !Ref SubnetB], SecurityGroups: [!Ref Group]}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Name: both-targets, Port: 80, Protocol: HTTP, TargetType: ip, VpcId: !Ref Vpc, HealthCheckPath: /health}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}
  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref Listener
      Priority: 5
      Conditions: [{Field: path-pattern, PathPatternConfig: {Values: [/x*]}}]
      Actions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: '404', ContentType: text/plain, MessageBody: none}}]
`
const StackName = 'both-containers'
const cluster = 'both-cluster'
const missing = (kind: string, name: string) =>
  `arn:aws:elasticloadbalancing:us-west-2:123456789012:${kind}/${name}/0123456789abcdef`

async function arnOf({cloudformation}: Clients, LogicalResourceId: string): Promise<string> {
  const {StackResources} = await cloudformation.send(
    new DescribeStackResourcesCommand({StackName, LogicalResourceId}),
  )
  return StackResources?.[0]?.PhysicalResourceId ?? ''
}

const attributes = (found: {Key?: string; Value?: string}[] = []) =>
  Object.fromEntries(found.map(({Key = '', Value}) => [Key, Value]).sort())

/** ECS and load balancing: what reads say of a stack's resources, and refusals. */
export const containerChecks = [
  check(
    'cloudformation: create a cluster, a task definition and a load balancer',
    async ({cloudformation}) => {
      await cloudformation.send(new CreateStackCommand({StackName, TemplateBody: template}))
      const quick = {maxWaitTime: 120, minDelay: 1, maxDelay: 2}
      return (await waitUntilStackCreateComplete({client: cloudformation, ...quick}, {StackName})).state
    },
  ),
  check('ecs: clusters', async ({ecs}) => (await ecs.send(new ListClustersCommand({}))).clusterArns),
  check('ecs: the cluster', async ({ecs}) => {
    const {clusters, failures} = await ecs.send(new DescribeClustersCommand({clusters: [cluster, 'absent']}))
    return {
      clusters: clusters?.map(found => ({
        ...{arn: found.clusterArn, name: found.clusterName, status: found.status},
        ...{services: found.activeServicesCount, tasks: found.runningTasksCount},
      })),
      failures,
    }
  }),
  check(
    'ecs: services of the cluster',
    async ({ecs}) => (await ecs.send(new ListServicesCommand({cluster}))).serviceArns,
  ),
  check('ecs: a service that is not there', async ({ecs}) => {
    const {services, failures} = await ecs.send(new DescribeServicesCommand({cluster, services: ['absent']}))
    return {services, failures}
  }),
  check(
    'ecs: tasks of the cluster',
    async ({ecs}) => (await ecs.send(new ListTasksCommand({cluster}))).taskArns,
  ),
  check('ecs: a task that is not there', async ({ecs}) => {
    const {tasks, failures} = await ecs.send(
      new DescribeTasksCommand({cluster, tasks: ['0123456789abcdef0123456789abcdef']}),
    )
    return {tasks, failures}
  }),
  check('ecs: task definitions', async ({ecs}) => {
    const {taskDefinitionArns} = await ecs.send(new ListTaskDefinitionsCommand({familyPrefix: 'both-task'}))
    return taskDefinitionArns
  }),
  check('ecs: the task definition', async ({ecs}) => {
    const {taskDefinition: found} = await ecs.send(
      new DescribeTaskDefinitionCommand({taskDefinition: 'both-task'}),
    )
    return {
      ...{family: found?.family, revision: found?.revision, status: found?.status, cpu: found?.cpu},
      ...{memory: found?.memory, mode: found?.networkMode, launch: found?.requiresCompatibilities},
      containers: found?.containerDefinitions?.map(({name, image, essential, environment}) => ({
        ...{name, image, essential, environment},
      })),
    }
  }),
  check('ecs: ports of the container', async ({ecs}) => {
    const {taskDefinition: found} = await ecs.send(
      new DescribeTaskDefinitionCommand({taskDefinition: 'both-task'}),
    )
    return found?.containerDefinitions?.[0]?.portMappings
  }),
  refused('ecs: services of a cluster that is not there', ({ecs}) =>
    ecs.send(new ListServicesCommand({cluster: 'absent'})),
  ),
  refused('ecs: tasks of a cluster that is not there', ({ecs}) =>
    ecs.send(new ListTasksCommand({cluster: 'absent'})),
  ),
  refused('ecs: describe services of a cluster that is not there', ({ecs}) =>
    ecs.send(new DescribeServicesCommand({cluster: 'absent', services: ['any']})),
  ),
  refused('ecs: describe tasks of a cluster that is not there', ({ecs}) =>
    ecs.send(new DescribeTasksCommand({cluster: 'absent', tasks: ['any']})),
  ),
  refused('ecs: a task definition that is not there', ({ecs}) =>
    ecs.send(new DescribeTaskDefinitionCommand({taskDefinition: 'absent'})),
  ),
  refused('ecs: update a service that is not there', ({ecs}) =>
    ecs.send(new UpdateServiceCommand({cluster, service: 'absent', desiredCount: 0})),
  ),
  check('elbv2: the load balancer', async ({elbv2}) => {
    const {LoadBalancers} = await elbv2.send(new DescribeLoadBalancersCommand({Names: ['both-balancer']}))
    return LoadBalancers?.map(
      ({LoadBalancerName, Scheme, Type, State, IpAddressType, AvailabilityZones}) => ({
        ...{LoadBalancerName, Scheme, Type, state: State?.Code, IpAddressType},
        zones: AvailabilityZones?.map(({ZoneName}) => ZoneName).sort(),
      }),
    )
  }),
  check('elbv2: attributes of the load balancer', async clients => {
    const {Attributes} = await clients.elbv2.send(
      new DescribeLoadBalancerAttributesCommand({LoadBalancerArn: await arnOf(clients, 'Balancer')}),
    )
    return attributes(Attributes)
  }),
  check('elbv2: the target group', async ({elbv2}) => {
    const {TargetGroups} = await elbv2.send(new DescribeTargetGroupsCommand({Names: ['both-targets']}))
    return TargetGroups?.map(({TargetGroupArn: _, LoadBalancerArns, VpcId, ...others}) => ({
      ...others,
      balanced: LoadBalancerArns?.length,
    }))
  }),
  check('elbv2: attributes of the target group', async clients => {
    const {Attributes} = await clients.elbv2.send(
      new DescribeTargetGroupAttributesCommand({TargetGroupArn: await arnOf(clients, 'Targets')}),
    )
    return attributes(Attributes)
  }),
  check('elbv2: the listener', async clients => {
    const {Listeners} = await clients.elbv2.send(
      new DescribeListenersCommand({LoadBalancerArn: await arnOf(clients, 'Balancer')}),
    )
    return Listeners?.map(({Port, Protocol, DefaultActions}) => ({
      ...{Port, Protocol, actions: DefaultActions?.map(({Type}) => Type)},
    }))
  }),
  check('elbv2: the rules', async clients => {
    const {Rules} = await clients.elbv2.send(
      new DescribeRulesCommand({ListenerArn: await arnOf(clients, 'Listener')}),
    )
    return Rules?.map(({Priority, IsDefault, Conditions, Actions}) => ({
      ...{Priority, IsDefault, conditions: Conditions?.map(({Field}) => Field)},
      actions: Actions?.map(({Type, FixedResponseConfig}) => ({Type, FixedResponseConfig})),
    }))
  }),
  check('elbv2: health of no targets', async clients => {
    const {TargetHealthDescriptions} = await clients.elbv2.send(
      new DescribeTargetHealthCommand({TargetGroupArn: await arnOf(clients, 'Targets')}),
    )
    return TargetHealthDescriptions
  }),
  check('elbv2: health of a target that is not registered', async clients => {
    const {TargetHealthDescriptions} = await clients.elbv2.send(
      new DescribeTargetHealthCommand({
        TargetGroupArn: await arnOf(clients, 'Targets'),
        Targets: [{Id: '10.9.0.9', Port: 80}],
      }),
    )
    return TargetHealthDescriptions?.map(({Target, TargetHealth}) => ({
      ...{Target, state: TargetHealth?.State, reason: TargetHealth?.Reason},
    }))
  }),
  check('elbv2: register a target', async clients => {
    const group = {TargetGroupArn: await arnOf(clients, 'Targets')}
    await clients.elbv2.send(new RegisterTargetsCommand({...group, Targets: [{Id: '10.9.0.10', Port: 80}]}))
    const {TargetHealthDescriptions} = await clients.elbv2.send(new DescribeTargetHealthCommand(group))
    return TargetHealthDescriptions?.map(({Target}) => [Target?.Id, Target?.Port])
  }),
  refused('elbv2: a load balancer that is not there, by name', ({elbv2}) =>
    elbv2.send(new DescribeLoadBalancersCommand({Names: ['absent']})),
  ),
  refused('elbv2: a load balancer that is not there, by ARN', ({elbv2}) =>
    elbv2.send(new DescribeLoadBalancersCommand({LoadBalancerArns: [missing('loadbalancer/app', 'absent')]})),
  ),
  refused('elbv2: listeners of a load balancer that is not there', ({elbv2}) =>
    elbv2.send(new DescribeListenersCommand({LoadBalancerArn: missing('loadbalancer/app', 'absent')})),
  ),
  refused('elbv2: a target group that is not there, by name', ({elbv2}) =>
    elbv2.send(new DescribeTargetGroupsCommand({Names: ['absent']})),
  ),
  refused('elbv2: health in a target group that is not there', ({elbv2}) =>
    elbv2.send(new DescribeTargetHealthCommand({TargetGroupArn: missing('targetgroup', 'absent')})),
  ),
  refused('elbv2: a listener that is not there', ({elbv2}) =>
    elbv2.send(
      new DescribeListenersCommand({
        ListenerArns: [`${missing('listener/app', 'absent')}/0123456789abcdef`],
      }),
    ),
  ),
  refused('elbv2: tags of a load balancer that is not there', ({elbv2}) =>
    elbv2.send(new DescribeTagsCommand({ResourceArns: [missing('loadbalancer/app', 'absent')]})),
  ),
]
