import {expect, test} from 'vitest'
import type {Clients} from '../../src/aws/clients.js'
import {createLive, type LiveState} from '../../src/aws/live/live.js'
import {Sightings} from '../../src/aws/live/witness.js'
import {commonPart} from '../../src/aws/live/witnesses/compute.js'
import type {StackResource} from '../../src/aws/stack-data.js'
import type {HoldingStack} from '../../src/steps/resources/damage.js'
import {effects} from '../../src/steps/resources/effects.js'
import {lookForDamage} from '../../src/steps/resources/look-for-damage.js'
import {repairAction} from '../../src/steps/resources/repair-action.js'
import {deedWords} from '../../src/steps/resources/words.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

const network: HoldingStack = {
  key: 'network',
  stack: {id: 'arn:network', name: 'demo-network', status: 'CREATE_COMPLETE', parameters: {}, outputs: {}},
}

const row = (logicalId: string, type: string, physicalId: string): StackResource => ({
  ...{logicalId, type: `AWS::${type}`, physicalId, status: 'CREATE_COMPLETE'},
})

/** AWS in which a stack has these rows, and the services know this. */
function awsWith(
  rows: readonly StackResource[],
  known: Record<string, Record<string, LiveState> | Error>,
): FakeAws {
  const aws = new FakeAws(virtualClock())
  aws.stacks.resources = async () => rows
  aws.live = {
    types: Object.keys(known).map(type => `AWS::${type}`),
    groupOf: type => type,
    witnessed: () => async () => new Map(),
    async look(type) {
      const found = known[type.replace('AWS::', '')] ?? {}
      if (found instanceof Error) throw found
      return new Map(Object.entries(found))
    },
    rival: async () => undefined,
  }
  return aws
}

test('what a service does not know is gone, and what its stack deleted is not missed', async () => {
  const rows = [
    row('Kept', 'EC2::VPC', 'vpc-1'),
    row('Lost', 'EC2::Subnet', 'subnet-1'),
    {...row('Deleted', 'EC2::Subnet', 'subnet-2'), status: 'DELETE_COMPLETE'},
    row('Unknown', 'EC2::Route', 'r-1'),
  ]
  const aws = awsWith(rows, {'EC2::VPC': {'vpc-1': {is: 'there'}}, 'EC2::Subnet': {}})
  const {damages, looked, unread} = await lookForDamage(aws, [network])
  expect(damages).toMatchObject([{logicalId: 'Lost', deed: {is: 'gone'}}])
  expect({looked, unread}).toEqual({looked: 2, unread: []})
})

test('a type that may not be looked at is told, and neither counted nor taken for gone', async () => {
  const rows = [row('Role', 'IAM::Role', 'r'), row('Vpc', 'EC2::VPC', 'vpc-1')]
  const denied = new Error('You may not call iam:ListRolePolicies.')
  const aws = awsWith(rows, {'IAM::Role': denied, 'EC2::VPC': {'vpc-1': {is: 'there'}}})
  expect(await lookForDamage(aws, [network])).toEqual({
    damages: [],
    looked: 1,
    unread: [{type: 'AWS::IAM::Role', count: 1, reason: denied.message}],
  })
})

test('what is seen or told of beforehand is asked no more, and what is not is asked for by itself', async () => {
  const rows = [
    row('Seen', 'EC2::Subnet', 'subnet-1'),
    row('Told', 'EC2::Subnet', 'subnet-2'),
    row('Kept', 'EC2::Subnet', 'subnet-3'),
    row('Lost', 'EC2::Subnet', 'subnet-4'),
    row('Vpc', 'EC2::VPC', 'vpc-1'),
  ]
  const aws = awsWith(rows, {'EC2::VPC': {}, 'EC2::Subnet': {'subnet-3': {is: 'there'}}})
  const asked: string[] = []
  const {look} = aws.live
  aws.live.look = (type, ids) => {
    asked.push(`${type} ${ids.join(' ')}`)
    return look(type, ids)
  }
  const told: Record<string, string> = {'AWS::EC2::Subnet': 'subnet-2', 'AWS::EC2::VPC': 'vpc-1'}
  aws.live.witnessed = () => async type => new Map([[told[type] ?? '', {is: 'there'}]])
  const seen = new Sightings()
  seen.add('AWS::EC2::Subnet', 'subnet-1')
  const {damages, looked} = await lookForDamage(aws, [network], Promise.resolve(seen))
  expect(damages.map(({logicalId}) => logicalId)).toEqual(['Lost'])
  expect(looked).toBe(5)
  expect(asked).toEqual(['AWS::EC2::Subnet subnet-3 subnet-4'])
})

test('a call that tells of many resources keeps nobody from looking when it fails', async () => {
  const refused = async () => {
    throw new Error('You may not call anything.')
  }
  const live = createLive(new Proxy({} as Clients, {get: () => refused}))
  const ids = (type: string) => [`${type} of the stack`]
  const told = live.witnessed(ids)
  for (const type of live.types) expect([...(await told(type))]).toEqual([])
})

test('what the names of log groups have in common finds all of them', () => {
  expect(commonPart(['/ecs/demo-registry', '/aws/lambda/demo-trigger', '/ecs/demo-auth'])).toBe('/demo-')
  expect(commonPart(['/ecs/demo'])).toBe('/ecs/demo')
  expect(commonPart(['abc', 'xyz'])).toBe('')
  expect(commonPart([])).toBe('')
})

test('what went with something else has no line of its own', async () => {
  const listener = 'arn:aws:elasticloadbalancing:us-west-2:1:listener/app/a/b/c'
  const rows = [
    row('Listener', 'ElasticLoadBalancingV2::Listener', listener),
    row(
      'Rule',
      'ElasticLoadBalancingV2::ListenerRule',
      `${listener.replace(':listener/', ':listener-rule/')}/d`,
    ),
    row('Role', 'IAM::Role', 'role-1'),
    row('Policy', 'IAM::RolePolicy', 'read|role-1'),
    row('Other', 'IAM::RolePolicy', 'read|role-2'),
  ]
  const types = [
    ...['ElasticLoadBalancingV2::Listener', 'ElasticLoadBalancingV2::ListenerRule'],
    ...['IAM::Role', 'IAM::RolePolicy'],
  ]
  const aws = awsWith(rows, Object.fromEntries(types.map(type => [type, {}])))
  const {damages} = await lookForDamage(aws, [network])
  expect(damages.map(({logicalId}) => logicalId).sort()).toEqual(['Listener', 'Other', 'Role'])
})

test('a service that scales by itself may want what its limits allow', async () => {
  const id = 'arn:aws:ecs:us-west-2:1:service/c/s'
  const rows = [
    row('Service', 'ECS::Service', id),
    row('Target', 'ApplicationAutoScaling::ScalableTarget', 'service/c/s|ecs:service:DesiredCount|ecs'),
  ]
  const template = JSON.stringify({Resources: {Service: {Type: 'AWS::ECS::Service', Properties: {}}}})
  const look = async (desired: number) => {
    const aws = awsWith(rows, {
      'ECS::Service': {[id]: {is: 'service', definition: 'd', desired}},
      'ApplicationAutoScaling::ScalableTarget': {
        'service/c/s|ecs:service:DesiredCount|ecs': {is: 'scaling', least: 2, most: 4},
      },
    })
    aws.stacks.template = async () => template
    const {damages} = await lookForDamage(aws, [{...network, key: 'services'}])
    return damages.map(({deed}) => deed)
  }
  expect(await look(3)).toEqual([])
  expect(await look(0)).toEqual([{is: 'scaled', asked: 0, wanted: 2, scales: true}])
  expect(await look(9)).toEqual([{is: 'scaled', asked: 9, wanted: 4, scales: true}])
})

test('a listener listens and sends as its stack says, whatever else it sends to', async () => {
  const id = 'arn:aws:elasticloadbalancing:us-west-2:1:listener/app/a/b/c'
  const rows = [
    row('Listener', 'ElasticLoadBalancingV2::Listener', id),
    row('Group', 'ElasticLoadBalancingV2::TargetGroup', 'arn:group'),
  ]
  const Properties = {
    ...{Port: 80, DefaultActions: [{Type: 'forward', TargetGroupArn: {Ref: 'Group'}}]},
    Certificates: [] as object[],
  }
  const Listener = {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties}
  const Group = {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {}}
  const look = async (port: number, targetGroups: string[], certificate?: string) => {
    const aws = awsWith(rows, {
      'ElasticLoadBalancingV2::Listener': {[id]: {is: 'listener', port, targetGroups, certificate}},
      'ElasticLoadBalancingV2::TargetGroup': {'arn:group': {is: 'there'}},
    })
    aws.stacks.template = async () => JSON.stringify({Resources: {Listener, Group}})
    const {damages} = await lookForDamage(aws, [{...network, key: 'compute'}])
    return damages.map(({deed}) => deed)
  }
  expect(await look(80, ['arn:other', 'arn:group'])).toEqual([])
  expect(await look(80, ['arn:other'])).toEqual([{is: 'turned'}])
  expect(await look(81, ['arn:group'])).toEqual([{is: 'turned', port: 80}])
  Properties.Certificates = [{CertificateArn: 'arn:own'}]
  expect(await look(80, ['arn:group'], 'arn:own')).toEqual([])
  for (const has of ['arn:other', undefined])
    expect(await look(80, ['arn:group'], has)).toEqual([{is: 'recertified', wanted: 'arn:own', has}])
})

test('what stands in the place of something gone is asked with what the template says, and never stops a look', async () => {
  const rows = [row('Secret', 'SecretsManager::Secret', 'arn:old')]
  const aws = awsWith(rows, {'SecretsManager::Secret': {}})
  const Secret = {Type: 'AWS::SecretsManager::Secret', Properties: {Name: 'demo'}}
  aws.stacks.template = async () => JSON.stringify({Resources: {Secret}})
  aws.live.rival = async (type, {Name}, own) => ({id: `${type} ${Name} ${own}`})
  const found = async () => (await lookForDamage(aws, [{...network, key: 'data'}])).damages[0]?.rival
  expect(await found()).toEqual({id: 'AWS::SecretsManager::Secret demo arn:old'})
  aws.live.rival = async () => {
    throw new Error('Denied.')
  }
  expect(await found()).toBeUndefined()
})

test('a proxy without its database is told with the command that gives it back, and not beside a proxy that is gone', async () => {
  const rows = [
    row('Proxy', 'RDS::DBProxy', 'demo-proxy'),
    row('Targets', 'RDS::DBProxyTargetGroup', 'arn:t'),
  ]
  const Targets = {
    Type: 'AWS::RDS::DBProxyTargetGroup',
    Properties: {DBProxyName: 'demo-proxy', DBClusterIdentifiers: [{Ref: 'Cluster'}]},
  }
  const known = {'RDS::DBProxyTargetGroup': {'arn:t': {is: 'untargeted', proxy: 'demo-proxy'}}} as const
  const look = async (Cluster: string | undefined, proxies: Record<string, LiveState>) => {
    const cluster = Cluster === undefined ? [] : [row('Cluster', 'RDS::DBCluster', Cluster)]
    const aws = awsWith([...rows, ...cluster], {...known, 'RDS::DBProxy': proxies})
    aws.stacks.template = async () =>
      JSON.stringify({Resources: {Targets, Cluster: {Type: 'AWS::RDS::DBCluster'}}})
    return (await lookForDamage(aws, [{...network, key: 'data'}])).damages
  }
  const [damage] = await look('demo-db', {'demo-proxy': {is: 'there'}})
  expect(damage && deedWords(damage)).toMatch(/^It leads to no database \(demo-proxy\)/)
  const reach = {region: 'us-west-2', endpoint: undefined}
  expect(damage && repairAction(damage, reach)).toEqual({
    by: 'command',
    command:
      'aws rds register-db-proxy-targets --db-proxy-name demo-proxy --db-cluster-identifiers demo-db --region us-west-2',
  })
  const [unknown] = await look(undefined, {'demo-proxy': {is: 'there'}})
  expect(unknown && repairAction(unknown, reach)).toEqual({by: 'repair'})
  expect((await look('demo-db', {})).map(({logicalId}) => logicalId)).toEqual(['Proxy'])
})

test('a repository has to have the images that the task definitions name, each by its tag or digest', async () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const registry = '123456789012.dkr.ecr.us-west-2.amazonaws.com'
  const container = (Image: unknown) => ({
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {ContainerDefinitions: [{Image}]},
  })
  const Resources = {
    A: container({'Fn::Join': ['', [{'Fn::ImportValue': 'demo-RegistryUri'}, ':v1']]}),
    B: container(`${registry}/registry@${digest}`),
    C: container(`${registry}/registry`),
    Elsewhere: container('public.ecr.aws/x/registry:v2'),
  }
  const aws = awsWith([row('Repository', 'ECR::Repository', 'registry')], {'ECR::Repository': {}})
  aws.stacks.template = async id => (id === 'arn:network' ? '{"Resources": {}}' : JSON.stringify({Resources}))
  let asked: unknown
  aws.live.look = async (_type, _ids, wanted) => {
    asked = Object.fromEntries(wanted?.images ?? [])
    return new Map([['registry', {is: 'empty', images: ['v1', digest]}]])
  }
  const outputs = {RegistryUri: `${registry}/registry`}
  const id = 'arn:aws:cloudformation:us-west-2:123456789012:stack/demo-services/1'
  const {damages} = await lookForDamage(aws, [
    {...network, stack: {...network.stack, outputs, parameters: {EnvironmentName: 'demo'}}},
    {...network, key: 'services', stack: {...network.stack, id}},
  ])
  expect(asked).toEqual({registry: ['v1', digest, 'latest']})
  expect(damages[0] && deedWords(damages[0])).toBe(
    `It lacks registry:v1 or registry@${digest}, which its tasks run: no new one can start.`,
  )
})

test('each type that is looked at has words for what does not work without it', () => {
  const {types} = createLive({} as Clients)
  expect(Object.keys(effects).sort()).toEqual([...types].sort())
})
