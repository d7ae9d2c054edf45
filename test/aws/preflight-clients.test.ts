import {describe, expect, it} from 'vitest'
import {createNameServers} from '../../src/aws/name-servers.js'
import {awsAnswering, json, jsonError, query, queryError, xml} from './wire.js'

const denied = queryError('AccessDenied', 'User: x is not authorized to perform: iam:ListAccountAliases', 403)

describe('accountAlias', () => {
  it('gives the alias, and asks once', async () => {
    const {aws, calls} = await awsAnswering(() =>
      query('ListAccountAliases', '<AccountAliases><member>workshop</member></AccountAliases>'),
    )
    expect(await aws.accountAlias.alias()).toBe('workshop')
    expect(await aws.accountAlias.alias()).toBe('workshop')
    expect(calls).toHaveLength(1)
  })

  it('is none for an account without one, and for whoever may not ask', async () => {
    const none = await awsAnswering(() => query('ListAccountAliases', '<AccountAliases/>'))
    expect(await none.aws.accountAlias.alias()).toBeUndefined()
    const {aws} = await awsAnswering(() => denied)
    expect(await aws.accountAlias.alias()).toBeUndefined()
  })
})

describe('quotas', () => {
  const unknown = jsonError('NoSuchResourceException', 'The request failed.')

  it('gives what the account has, else what AWS gives, else nothing', async () => {
    const applied = await awsAnswering(() => json({Quota: {Value: 12}}))
    expect(await applied.aws.quotas.value('ec2', 'L-1')).toBe(12)
    expect(applied.calls.map(({operation, json}) => [operation, json])).toEqual([
      ['GetServiceQuota', {ServiceCode: 'ec2', QuotaCode: 'L-1'}],
    ])
    const byDefault = await awsAnswering(({operation}) =>
      operation === 'GetServiceQuota' ? unknown : json({Quota: {Value: 5}}),
    )
    expect(await byDefault.aws.quotas.value('ec2', 'L-1')).toBe(5)
    const none = await awsAnswering(() => unknown)
    expect(await none.aws.quotas.value('ec2', 'L-1')).toBeUndefined()
  })

  it('is refused to whoever may not ask', async () => {
    const {aws} = await awsAnswering(() => jsonError('AccessDeniedException', 'no', 400))
    await expect(aws.quotas.value('ec2', 'L-1')).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  })
})

describe('networks', () => {
  const answer = (operation: string, content: string) =>
    xml(`<${operation}Response>${content}</${operation}Response>`)

  it('counts addresses, and the VPCs of all pages', async () => {
    const {aws} = await awsAnswering(({form, operation}) => {
      if (operation === 'DescribeAddresses')
        return answer(operation, '<addressesSet><item><publicIp>1.2.3.4</publicIp></item></addressesSet>')
      const next = form.has('NextToken') ? '' : '<nextToken>more</nextToken>'
      return answer(operation, `<vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet>${next}`)
    })
    expect(await aws.networks.elasticIps()).toBe(1)
    expect(await aws.networks.vpcs()).toBe(2)
  })

  it('knows the zones that are available, and no local ones', async () => {
    const zone = (name: string, state: string) =>
      `<item><zoneName>${name}</zoneName><zoneId>id-${name}</zoneId><zoneState>${state}</zoneState></item>`
    const {aws, calls} = await awsAnswering(() =>
      answer(
        'DescribeAvailabilityZones',
        `<availabilityZoneInfo>${zone('a', 'available')}${zone('b', 'impaired')}</availabilityZoneInfo>`,
      ),
    )
    expect(await aws.networks.zones()).toEqual([{name: 'a', id: 'id-a'}])
    expect(calls[0]?.form.get('Filter.1.Name')).toBe('zone-type')
    expect(calls[0]?.form.get('Filter.1.Value.1')).toBe('availability-zone')
  })

  it('knows the zones that have a default subnet, each once', async () => {
    const subnet = (zone: string) => `<item><availabilityZone>${zone}</availabilityZone></item>`
    const {aws, calls} = await awsAnswering(() =>
      answer('DescribeSubnets', `<subnetSet>${subnet('b')}${subnet('a')}${subnet('a')}</subnetSet>`),
    )
    expect(await aws.networks.defaultSubnetZones()).toEqual(['a', 'b'])
    expect(calls[0]?.form.get('Filter.1.Name')).toBe('default-for-az')
  })
})

describe('fargate', () => {
  const clusters = (count: number) =>
    json({clusterArns: Array.from({length: count}, (_, index) => `cluster-${index}`)})

  it('adds up what runs on demand', async () => {
    const {aws} = await awsAnswering(({operation}) => {
      if (operation === 'ListClusters') return clusters(1)
      if (operation === 'ListTasks') return json({taskArns: ['t1', 't2', 't3', 't4']})
      return json({
        tasks: [
          {launchType: 'FARGATE', cpu: '1024'},
          {launchType: 'FARGATE', cpu: '512', capacityProviderName: 'FARGATE'},
          {launchType: 'FARGATE', cpu: '4096', capacityProviderName: 'FARGATE_SPOT'},
          {launchType: 'EC2', cpu: '2048'},
        ],
      })
    })
    expect(await aws.fargate.vCpusInUse()).toBe(1.5)
  })

  it('asks about no tasks where none run', async () => {
    const {aws, calls} = await awsAnswering(({operation}) =>
      operation === 'ListClusters' ? clusters(1) : json({taskArns: []}),
    )
    expect(await aws.fargate.vCpusInUse()).toBe(0)
    expect(calls.map(({operation}) => operation)).toEqual(['ListClusters', 'ListTasks'])
  })

  it('cannot tell in an account of many clusters, or of clusters that the caller may not look at', async () => {
    const many = await awsAnswering(() => clusters(26))
    expect(await many.aws.fargate.vCpusInUse()).toBeUndefined()
    expect(many.calls).toHaveLength(1)
    const {aws} = await awsAnswering(({operation}) =>
      operation === 'ListClusters' ? clusters(1) : jsonError('AccessDeniedException', 'no'),
    )
    expect(await aws.fargate.vCpusInUse()).toBeUndefined()
  })
})

it('lists secrets with those that are pending deletion', async () => {
  const {aws, calls} = await awsAnswering(({json: input}) =>
    input.NextToken
      ? json({SecretList: [{Name: 'demo-b', DeletedDate: 1_700_000_000}]})
      : json({SecretList: [{Name: 'demo-a'}], NextToken: 'more'}),
  )
  expect(await aws.secrets.withPrefix('demo')).toEqual([
    {name: 'demo-a', deletedAt: undefined},
    {name: 'demo-b', deletedAt: 1_700_000_000_000},
  ])
  expect(calls[0]?.json).toMatchObject({
    IncludePlannedDeletion: true,
    Filters: [{Key: 'name', Values: ['demo']}],
  })
})

it('lists the repositories of all pages', async () => {
  const {aws} = await awsAnswering(({json: input}) =>
    input.nextToken
      ? json({repositories: [{repositoryName: 'b'}]})
      : json({repositories: [{repositoryName: 'a'}], nextToken: 'more'}),
  )
  expect(await aws.repositories.names()).toEqual(['a', 'b'])
})

it('looks for an image by its tag, in a repository that may not exist', async () => {
  const {aws, calls} = await awsAnswering(({json: input}) =>
    input.repositoryName === 'a'
      ? json({imageDetails: [{imageTags: ['latest']}]})
      : jsonError(
          input.repositoryName === 'b' ? 'ImageNotFoundException' : 'RepositoryNotFoundException',
          '',
        ),
  )
  expect(await aws.repositories.hasImage('a', 'latest')).toBe(true)
  expect(await aws.repositories.hasImage('b', 'latest')).toBe(false)
  expect(await aws.repositories.hasImage('c', 'latest')).toBe(false)
  expect(calls[0]?.json).toEqual({repositoryName: 'a', imageIds: [{imageTag: 'latest'}]})
})

it('asks for fifty parameters at a time, and reads no values', async () => {
  const names = Array.from({length: 51}, (_, index) => `/demo/${index}`)
  const {aws, calls} = await awsAnswering(() => json({Parameters: [{Name: '/demo/0'}]}))
  expect(await aws.parameterStore.existing(names)).toEqual(['/demo/0', '/demo/0'])
  expect(calls.map(({operation}) => operation)).toEqual(['DescribeParameters', 'DescribeParameters'])
  const filters = calls.map(({json: input}) => input.ParameterFilters as {Values: string[]}[])
  expect(filters.map(([filter]) => filter?.Values.length).sort()).toEqual([1, 50])
})

describe('hostedZones', () => {
  it('gives name, kind and name servers without dots', async () => {
    const {aws} = await awsAnswering(() =>
      xml(
        '<GetHostedZoneResponse><HostedZone><Id>/hostedzone/Z1</Id><Name>Example.com.</Name><Config><PrivateZone>false</PrivateZone></Config></HostedZone><DelegationSet><NameServers><NameServer>ns-1.awsdns.com</NameServer></NameServers></DelegationSet></GetHostedZoneResponse>',
      ),
    )
    expect(await aws.hostedZones.find('Z1')).toEqual({
      name: 'example.com',
      isPrivate: false,
      nameServers: ['ns-1.awsdns.com'],
    })
  })

  it('finds none', async () => {
    const {aws} = await awsAnswering(() => queryError('NoSuchHostedZone', 'No hosted zone found', 404))
    expect(await aws.hostedZones.find('Z1')).toBeUndefined()
  })

  it('asks nobody for the name servers of a domain where something else stands for AWS', async () => {
    const {aws} = await awsAnswering(() => xml(''))
    expect(await aws.nameServers('example.com')).toBeUndefined()
  })
})

describe('nameServers', () => {
  const asking = (answer: () => Promise<string[]>) => createNameServers(undefined, answer)('example.com')
  const failing = (code: string) => asking(() => Promise.reject(Object.assign(new Error(code), {code})))

  it('gives what DNS says, in one spelling', async () => {
    expect(await asking(async () => ['NS-1.awsdns.com.'])).toEqual(['ns-1.awsdns.com'])
  })

  it('is none for a domain that DNS does not know, and unknown when DNS does not answer', async () => {
    expect(await failing('ENOTFOUND')).toEqual([])
    expect(await failing('ENODATA')).toEqual([])
    expect(await failing('ETIMEOUT')).toBeUndefined()
    expect(await failing('ECONNREFUSED')).toBeUndefined()
  })
})

it.each([
  ['', false],
  ['<Items><DistributionSummary><Id>E1</Id></DistributionSummary></Items>', true],
])('tells whether there are distributions: %j', async (items, exist) => {
  const {aws, calls} = await awsAnswering(() => xml(`<DistributionList>${items}</DistributionList>`))
  expect(await aws.distributions.exist()).toBe(exist)
  expect(calls[0]?.path).toContain('MaxItems=1')
})

describe('roles', () => {
  const caller = (resource: string) => ({
    account: '123456789012',
    partition: 'aws',
    arn: `arn:aws:${resource.startsWith('assumed') ? 'sts' : 'iam'}::123456789012:${resource}`,
  })
  const missing = queryError('NoSuchEntity', 'The role cannot be found.', 404)

  it('finds a role, or none', async () => {
    const {aws} = await awsAnswering((_call, index) =>
      index === 0 ? query('GetRole', '<Role><RoleName>a</RoleName></Role>') : missing,
    )
    expect(await aws.roles.exists('a')).toBe(true)
    expect(await aws.roles.exists('b')).toBe(false)
  })

  it('lists the roles of AWS’s services, page by page', async () => {
    const {aws, calls} = await awsAnswering((_call, index) =>
      query(
        'ListRoles',
        `<Roles><member><RoleName>r${index}</RoleName></member></Roles><IsTruncated>${index === 0}</IsTruncated><Marker>m</Marker>`,
      ),
    )
    expect(await aws.roles.serviceLinked()).toEqual(['r0', 'r1'])
    expect(calls[0]?.form.get('PathPrefix')).toBe('/aws-service-role/')
  })

  it('simulates the user, or the role behind a session with its path', async () => {
    const arn = 'arn:aws:iam::123456789012:role/aws-reserved/sso/admin'
    const {aws, calls} = await awsAnswering(() => query('GetRole', `<Role><Arn>${arn}</Arn></Role>`))
    expect(await aws.roles.simulated(caller('user/me'))).toBe('arn:aws:iam::123456789012:user/me')
    expect(calls).toEqual([])
    expect(await aws.roles.simulated(caller('assumed-role/admin/me'))).toBe(arn)
    expect(calls[0]?.form.get('RoleName')).toBe('admin')
    expect(await aws.roles.simulated(caller('root'))).toBeUndefined()
    const gone = await awsAnswering(() => missing)
    expect(await gone.aws.roles.simulated(caller('assumed-role/admin/me'))).toBe(
      'arn:aws:iam::123456789012:role/admin',
    )
  })

  it('asks the simulator with the keys of the request, and gives what it says', async () => {
    const {aws, calls} = await awsAnswering(() =>
      query(
        'SimulatePrincipalPolicy',
        '<EvaluationResults><member><EvalActionName>iam:PassRole</EvalActionName><EvalDecision>implicitDeny</EvalDecision><MissingContextValues><member>aws:SourceIp</member></MissingContextValues></member></EvaluationResults><IsTruncated>false</IsTruncated>',
      ),
    )
    const question = {actions: ['iam:PassRole'], resource: '*', context: {'iam:PassedToService': 'x'}}
    expect(await aws.roles.simulate('arn:aws:iam::1:user/me', question)).toEqual([
      {action: 'iam:PassRole', resource: '*', decision: 'implicitDeny', missing: ['aws:SourceIp']},
    ])
    expect(Object.fromEntries(calls[0]?.form ?? [])).toMatchObject({
      PolicySourceArn: 'arn:aws:iam::1:user/me',
      'ActionNames.member.1': 'iam:PassRole',
      'ResourceArns.member.1': '*',
      'ContextEntries.member.1.ContextKeyName': 'iam:PassedToService',
      'ContextEntries.member.1.ContextKeyValues.member.1': 'x',
    })
  })
})

it('lists all load balancers with what they are', async () => {
  const {aws} = await awsAnswering(() =>
    query(
      'DescribeLoadBalancers',
      '<LoadBalancers><member><LoadBalancerName>a</LoadBalancerName><LoadBalancerArn>arn:a</LoadBalancerArn><Type>network</Type></member></LoadBalancers>',
    ),
  )
  expect(await aws.loadBalancers.all()).toEqual([{name: 'a', arn: 'arn:a', type: 'network'}])
})

describe('databases', () => {
  it('tells what is offered from what AWS has withdrawn', async () => {
    const item = (version: string, status: string) =>
      `<DBEngineVersion><EngineVersion>${version}</EngineVersion><Status>${status}</Status></DBEngineVersion>`
    const {aws, calls} = await awsAnswering(() =>
      query(
        'DescribeDBEngineVersions',
        `<DBEngineVersions>${item('8.0.a', 'deprecated')}${item('8.0.b', 'available')}</DBEngineVersions>`,
      ),
    )
    expect(await aws.databases.engineVersions('aurora-mysql')).toEqual({
      offered: ['8.0.b'],
      withdrawn: ['8.0.a'],
    })
    expect(calls[0]?.form.get('IncludeAll')).toBe('true')
  })

  it('tells when the support of a major version ends, where AWS does', async () => {
    const lifecycle = (name: string, end: string) =>
      `<SupportedEngineLifecycle><LifecycleSupportName>open-source-rds-${name}-support</LifecycleSupportName><LifecycleSupportEndDate>${end}T00:00:00Z</LifecycleSupportEndDate></SupportedEngineLifecycle>`
    const lifecycles = [
      `${lifecycle('standard', '2028-04-30')}${lifecycle('extended', '2029-07-31')}`,
      lifecycle('standard', '2028-04-30'),
      '',
    ]
    const {aws} = await awsAnswering((_call, index) =>
      query(
        'DescribeDBMajorEngineVersions',
        `<DBMajorEngineVersions><DBMajorEngineVersion><MajorEngineVersion>8.0</MajorEngineVersion><SupportedEngineLifecycles>${lifecycles[index]}</SupportedEngineLifecycles></DBMajorEngineVersion></DBMajorEngineVersions>`,
      ),
    )
    const ask = () => aws.databases.supportEnds('aurora-mysql', '8.0')
    const standard = Date.UTC(2028, 3, 30)
    expect(await ask()).toEqual({standard, extended: Date.UTC(2029, 6, 31)})
    expect(await ask()).toEqual({standard, extended: undefined})
    expect(await ask()).toBeUndefined()
  })
})
