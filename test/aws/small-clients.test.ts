import {describe, expect, it} from 'vitest'
import {taggedResource} from '../../src/aws/tagged-resources.js'
import {awsAnswering, json, jsonError, query, xml} from './wire.js'

describe('logGroups', () => {
  it('lists all pages of a prefix', async () => {
    const {aws, calls} = await awsAnswering(call =>
      call.json.nextToken
        ? json({logGroups: [{logGroupName: '/aws/lambda/b'}]})
        : json({logGroups: [{logGroupName: '/aws/lambda/a'}], nextToken: 'more'}),
    )
    expect(await aws.logGroups.withPrefix('/aws/lambda/')).toEqual(['/aws/lambda/a', '/aws/lambda/b'])
    expect(calls[0]?.json).toEqual({logGroupNamePrefix: '/aws/lambda/'})
  })

  it('deletes a group, or finds it gone', async () => {
    const {aws} = await awsAnswering((_call, index) =>
      index === 0
        ? json({})
        : jsonError('ResourceNotFoundException', 'The specified log group does not exist.'),
    )
    await expect(aws.logGroups.delete('/x')).resolves.toBeUndefined()
    await expect(aws.logGroups.delete('/x')).resolves.toBeUndefined()
  })
})

it("finds CloudFront's prefix list, or none", async () => {
  const name = 'com.amazonaws.global.cloudfront.origin-facing'
  const list = `<item><prefixListId>pl-1</prefixListId><prefixListName>${name}</prefixListName></item>`
  const {aws, calls} = await awsAnswering((_call, index) =>
    xml(
      `<DescribeManagedPrefixListsResponse><prefixListSet>${index === 0 ? list : ''}</prefixListSet></DescribeManagedPrefixListsResponse>`,
    ),
  )
  expect(await aws.prefixLists.cloudFrontOriginFacing()).toBe('pl-1')
  expect(await aws.prefixLists.cloudFrontOriginFacing()).toBeUndefined()
  expect(calls[0]?.form.get('Filter.1.Value.1')).toBe(name)
})

it('lists all pages of tagged resources', async () => {
  const {aws, calls} = await awsAnswering(call =>
    call.json.PaginationToken
      ? json({ResourceTagMappingList: [{ResourceARN: 'arn:aws:s3:::bucket'}], PaginationToken: ''})
      : json({
          ResourceTagMappingList: [{ResourceARN: 'arn:aws:ecs:eu-west-1:1:cluster/demo'}],
          PaginationToken: 'more',
        }),
  )
  expect(await aws.tagged.withTag('mcpgw:environment', 'demo')).toEqual([
    {arn: 'arn:aws:ecs:eu-west-1:1:cluster/demo', kind: 'ecs:cluster', name: 'demo'},
    {arn: 'arn:aws:s3:::bucket', kind: 's3:bucket', name: 'bucket'},
  ])
  expect(calls[0]?.json.TagFilters).toEqual([{Key: 'mcpgw:environment', Values: ['demo']}])
  expect(calls).toHaveLength(2)
})

it.each([
  ['arn:aws:sns:eu-west-1:1:topic-name', 'sns:topic', 'topic-name'],
  ['arn:aws:logs:eu-west-1:1:log-group:/aws/codebuild/x', 'logs:log-group', '/aws/codebuild/x'],
  [
    'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/demo-tg/12',
    'elasticloadbalancing:targetgroup',
    'demo-tg/12',
  ],
  ['arn:aws:rds:eu-west-1:1:cluster:demo', 'rds:cluster', 'demo'],
  ['arn:aws:secretsmanager:eu-west-1:1:secret:demo-x-AbC', 'secretsmanager:secret', 'demo-x-AbC'],
])('reads %s', (arn, kind, name) => {
  expect(taggedResource(arn)).toEqual({arn, kind, name})
})

it('gives the state of a key, or nothing for none', async () => {
  const {aws} = await awsAnswering((_call, index) =>
    index === 0
      ? json({KeyMetadata: {KeyId: 'k', KeyState: 'PendingDeletion'}})
      : jsonError('NotFoundException', 'Key does not exist'),
  )
  expect(await aws.keys.state('k')).toBe('PendingDeletion')
  expect(await aws.keys.state('k')).toBeUndefined()
})

it('lists all pages of the services of a namespace', async () => {
  const {aws, calls} = await awsAnswering(call =>
    call.json.NextToken
      ? json({Services: [{Name: 'auth-server'}]})
      : json({Services: [{Name: 'registry'}], NextToken: 'more'}),
  )
  expect(await aws.cloudMap.servicesIn('ns-1')).toEqual(['auth-server', 'registry'])
  expect(calls[0]?.json.Filters).toEqual([{Name: 'NAMESPACE_ID', Values: ['ns-1'], Condition: 'EQ'}])
  expect(aws.apiCalls()).toEqual({'servicediscovery:ListServices': 2})
})

describe('a look at what stacks made', () => {
  it('takes an endpoint that is going, or gone, for gone', async () => {
    const item = (id: string, state: string) =>
      `<item><vpcEndpointId>${id}</vpcEndpointId><state>${state}</state></item>`
    const items = [item('vpce-1', 'available'), item('vpce-2', 'deleting'), item('vpce-3', 'Deleted')]
    const {aws, calls} = await awsAnswering(() =>
      xml(
        `<DescribeVpcEndpointsResponse><vpcEndpointSet>${items.join('')}</vpcEndpointSet></DescribeVpcEndpointsResponse>`,
      ),
    )
    const found = await aws.live.look('AWS::EC2::VPCEndpoint', ['vpce-1', 'vpce-2', 'vpce-3', 'vpce-4'])
    expect([...found.keys()]).toEqual(['vpce-1'])
    expect(calls).toHaveLength(1)
  })

  it('tells a deregistered task definition from one that ECS has deleted', async () => {
    const {aws} = await awsAnswering(({json: {taskDefinition}}) => {
      if (taskDefinition === 'c:1') return jsonError('ClientException', 'Unable to describe task definition.')
      return json({taskDefinition: {status: taskDefinition === 'a:1' ? 'ACTIVE' : 'INACTIVE'}})
    })
    const found = await aws.live.look('AWS::ECS::TaskDefinition', ['a:1', 'b:1', 'c:1'])
    expect(found).toEqual(
      new Map([
        ['a:1', {is: 'there'}],
        ['b:1', {is: 'deregistered'}],
      ]),
    )
  })

  it('finds a namespace among all pages', async () => {
    const {aws} = await awsAnswering(call =>
      call.json.NextToken
        ? json({Namespaces: [{Id: 'ns-2'}]})
        : json({Namespaces: [{Id: 'ns-1'}], NextToken: 'more'}),
    )
    const found = await aws.live.look('AWS::ServiceDiscovery::PrivateDnsNamespace', ['ns-2', 'ns-3'])
    expect([found.has('ns-2'), found.has('ns-3')]).toEqual([true, false])
  })

  it('sees a proxy whose target group leads to no database', async () => {
    const {aws, calls} = await awsAnswering(({form}) => {
      const operation = form.get('Action') ?? ''
      const proxy = form.get('DBProxyName')
      const results: Record<string, string> = {
        DescribeDBProxies:
          '<DBProxies><member><DBProxyName>a</DBProxyName></member><member><DBProxyName>b</DBProxyName></member><member><DBProxyName>other</DBProxyName></member></DBProxies>',
        DescribeDBProxyTargetGroups: `<TargetGroups><member><TargetGroupArn>arn:${proxy}</TargetGroupArn></member></TargetGroups>`,
        DescribeDBProxyTargets:
          proxy === 'a'
            ? '<Targets><member><RdsResourceId>db</RdsResourceId></member></Targets>'
            : '<Targets/>',
      }
      return query(operation, results[operation] ?? '')
    })
    const found = await aws.live.look('AWS::RDS::DBProxyTargetGroup', ['arn:a', 'arn:b', 'arn:c'])
    expect(Object.fromEntries(found)).toEqual({
      'arn:a': {is: 'there'},
      'arn:b': {is: 'untargeted', proxy: 'b'},
    })
    expect(calls.filter(({form}) => form.get('Action') === 'DescribeDBProxyTargets')).toHaveLength(2)
  })
})

describe('several secrets at once', () => {
  it('are those that one call gives', async () => {
    const {aws, calls} = await awsAnswering(() =>
      json({
        SecretValues: [{Name: 'a', SecretString: '1'}, {Name: 'binary'}],
        Errors: [{SecretId: 'b', ErrorCode: 'ResourceNotFoundException', Message: 'gone'}],
      }),
    )
    expect(await aws.secrets.values(['a', 'b', 'binary'])).toEqual(new Map([['a', '1']]))
    expect(calls.map(({json: {SecretIdList}}) => SecretIdList)).toEqual([['a', 'b', 'binary']])
  })

  it('are none where it may not be called: each is asked for by itself then', async () => {
    const {aws} = await awsAnswering(() => jsonError('AccessDeniedException', 'not authorized'))
    expect(await aws.secrets.values(['a'])).toEqual(new Map())
  })
})
