import {expect, it} from 'vitest'
import {awsAnswering, query, queryError} from './wire.js'

const group = (name: string) =>
  `<member><TargetGroupName>${name}</TargetGroupName><TargetGroupArn>arn:${name}</TargetGroupArn><Port>80</Port><LoadBalancerArns><member>arn:alb</member></LoadBalancerArns></member>`

it('gives target groups in the order asked', async () => {
  const {aws, calls} = await awsAnswering(() =>
    query('DescribeTargetGroups', `<TargetGroups>${group('b')}${group('a')}</TargetGroups>`),
  )
  expect(await aws.loadBalancers.targetGroups(['a', 'b'])).toEqual([
    {name: 'a', arn: 'arn:a', port: 80, loadBalancers: ['arn:alb']},
    {name: 'b', arn: 'arn:b', port: 80, loadBalancers: ['arn:alb']},
  ])
  expect(calls).toHaveLength(1)
})

it('finds the groups that exist when one is missing', async () => {
  const {aws} = await awsAnswering(({form}) => {
    const names = [...form].filter(([key]) => key.startsWith('Names.')).map(([, name]) => name)
    return names.includes('gone')
      ? queryError('TargetGroupNotFound', 'One or more target groups not found')
      : query('DescribeTargetGroups', `<TargetGroups>${names.map(group).join('')}</TargetGroups>`)
  })
  const groups = await aws.loadBalancers.targetGroups(['a', 'gone', 'b'])
  expect(groups.map(({name}) => name)).toEqual(['a', 'b'])
})

it('reads the health of targets', async () => {
  const {aws} = await awsAnswering(() =>
    query(
      'DescribeTargetHealth',
      `<TargetHealthDescriptions>
        <member><Target><Id>10.0.0.1</Id><Port>80</Port></Target><TargetHealth><State>healthy</State></TargetHealth></member>
        <member><Target><Id>10.0.0.2</Id><Port>80</Port></Target><TargetHealth><State>unhealthy</State><Reason>Target.ResponseCodeMismatch</Reason><Description>Health checks failed with these codes: [502]</Description></TargetHealth></member>
      </TargetHealthDescriptions>`,
    ),
  )
  expect(await aws.loadBalancers.targetHealth('arn:a')).toEqual([
    {id: '10.0.0.1', port: 80, state: 'healthy'},
    {
      id: '10.0.0.2',
      port: 80,
      state: 'unhealthy',
      reason: 'Target.ResponseCodeMismatch',
      description: 'Health checks failed with these codes: [502]',
    },
  ])
})

it('finds no targets in a group that does not exist', async () => {
  const {aws} = await awsAnswering(() => queryError('TargetGroupNotFound', 'not found'))
  expect(await aws.loadBalancers.targetHealth('arn:a')).toEqual([])
})

it('reads all pages of listeners and where they forward to', async () => {
  const {aws} = await awsAnswering(({form}) => {
    if (form.get('Action') === 'DescribeLoadBalancers') {
      return query(
        'DescribeLoadBalancers',
        '<LoadBalancers><member><LoadBalancerArn>arn:alb</LoadBalancerArn></member></LoadBalancers>',
      )
    }
    return form.get('Marker') === 'next'
      ? query(
          'DescribeListeners',
          `<Listeners><member><ListenerArn>arn:l2</ListenerArn><Port>80</Port><Protocol>HTTP</Protocol><DefaultActions><member><Type>redirect</Type></member></DefaultActions></member></Listeners>`,
        )
      : query(
          'DescribeListeners',
          `<Listeners><member><ListenerArn>arn:l1</ListenerArn><Port>8888</Port><Protocol>HTTP</Protocol><DefaultActions><member><Type>forward</Type><TargetGroupArn>arn:a</TargetGroupArn><ForwardConfig><TargetGroups><member><TargetGroupArn>arn:a</TargetGroupArn></member></TargetGroups></ForwardConfig></member></DefaultActions></member></Listeners><NextMarker>next</NextMarker>`,
        )
  })
  expect(await aws.loadBalancers.listeners('demo-alb')).toEqual([
    {arn: 'arn:l1', port: 8888, protocol: 'HTTP', targetGroupArns: ['arn:a'], certificate: undefined},
    {arn: 'arn:l2', port: 80, protocol: 'HTTP', targetGroupArns: [], certificate: undefined},
  ])
})

it('tells a missing load balancer apart from one that may not be read', async () => {
  const {aws} = await awsAnswering((_call, index) =>
    index === 0
      ? queryError('LoadBalancerNotFound', "Load balancers '[demo-alb]' not found")
      : queryError('AccessDenied', 'no', 403),
  )
  expect(await aws.loadBalancers.listeners('demo-alb')).toBeUndefined()
  await expect(aws.loadBalancers.listeners('demo-alb')).rejects.toMatchObject({code: 'ACCESS_DENIED'})
})

it('asks for the listeners alone where the load balancer is known', async () => {
  const {aws, calls} = await awsAnswering(() => query('DescribeListeners', '<Listeners></Listeners>'))
  expect(await aws.loadBalancers.listeners('demo-alb', 'arn:alb')).toEqual([])
  expect(calls.map(({form}) => [form.get('Action'), form.get('LoadBalancerArn')])).toEqual([
    ['DescribeListeners', 'arn:alb'],
  ])
})
