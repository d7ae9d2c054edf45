import {expect, it} from 'vitest'
import {ec2Operations} from '../../../src/rehearsal/services/ec2/operations.js'
import {ecrOperations} from '../../../src/rehearsal/services/ecr/operations.js'
import {ecsOperations} from '../../../src/rehearsal/services/ecs/operations.js'
import {elbv2Operations} from '../../../src/rehearsal/services/elbv2/operations.js'
import {iamOperations} from '../../../src/rehearsal/services/iam/operations.js'
import {kmsOperations} from '../../../src/rehearsal/services/kms/operations.js'
import {lambdaOperations} from '../../../src/rehearsal/services/lambda/operations.js'
import {logsOperations} from '../../../src/rehearsal/services/logs/operations.js'
import {rdsOperations} from '../../../src/rehearsal/services/rds/operations.js'
import {secretsManagerOperations} from '../../../src/rehearsal/services/secretsmanager/operations.js'
import {serviceDiscoveryOperations} from '../../../src/rehearsal/services/servicediscovery/operations.js'
import {serviceQuotasOperations} from '../../../src/rehearsal/services/servicequotas/operations.js'
import {ssmOperations} from '../../../src/rehearsal/services/ssm/operations.js'
import {callIn} from '../helpers/call.js'
import {testWorld} from '../helpers/world.js'

const here = callIn('us-west-2')
const {world} = testWorld()
const ec2 = ec2Operations(world)
const elb = elbv2Operations(world)
const logs = logsOperations(world)
const ssm = ssmOperations(world)
logs.CreateLogGroup({logGroupName: '/demo'}, here)
logs.CreateLogStream({logGroupName: '/demo', logStreamName: 'one'}, here)

type Ask = (size: number) => unknown

/** What lists, with the smallest and the largest page that the API reference allows, and the code of the refusal. */
const paged: readonly [name: string, ask: Ask, least: number, most: number, code: string][] = [
  ['ec2 DescribeVpcs', size => ec2.DescribeVpcs({MaxResults: size}, here), 5, 1000, 'InvalidParameterValue'],
  [
    'ec2 DescribeSecurityGroups',
    size => ec2.DescribeSecurityGroups({MaxResults: size}, here),
    5,
    1000,
    'InvalidParameterValue',
  ],
  [
    'ec2 DescribeNetworkInterfaces',
    size => ec2.DescribeNetworkInterfaces({MaxResults: size}, here),
    5,
    1000,
    'InvalidParameterValue',
  ],
  [
    'lambda ListFunctions',
    size => lambdaOperations(world).ListFunctions({MaxItems: size}, here),
    1,
    10_000,
    'InvalidParameterValueException',
  ],
  [
    'elbv2 DescribeLoadBalancers',
    size => elb.DescribeLoadBalancers?.({PageSize: size}, here),
    1,
    400,
    'ValidationError',
  ],
  [
    'logs DescribeLogGroups',
    size => logs.DescribeLogGroups({limit: size}, here),
    1,
    50,
    'InvalidParameterException',
  ],
  [
    'logs DescribeLogStreams',
    size => logs.DescribeLogStreams({logGroupName: '/demo', limit: size}, here),
    1,
    50,
    'InvalidParameterException',
  ],
  [
    'logs GetLogEvents',
    size => logs.GetLogEvents({logGroupName: '/demo', logStreamName: 'one', limit: size}, here),
    1,
    10_000,
    'InvalidParameterException',
  ],
  [
    'logs FilterLogEvents',
    size => logs.FilterLogEvents({logGroupName: '/demo', limit: size}, here),
    1,
    10_000,
    'InvalidParameterException',
  ],
  [
    'ssm GetParametersByPath',
    size => ssm.GetParametersByPath({Path: '/', MaxResults: size}, here),
    1,
    10,
    'ValidationException',
  ],
  [
    'ssm DescribeParameters',
    size => ssm.DescribeParameters({MaxResults: size}, here),
    1,
    50,
    'ValidationException',
  ],
  [
    'ssm GetParameters',
    size => ssm.GetParameters({Names: Array.from({length: size}, (_, index) => `/${index}`)}, here),
    1,
    10,
    'ValidationException',
  ],
  [
    'secretsmanager ListSecrets',
    size => secretsManagerOperations(world).ListSecrets({MaxResults: size}, here),
    1,
    100,
    'ValidationException',
  ],
  [
    'ecr DescribeRepositories',
    size => ecrOperations(world).DescribeRepositories?.({maxResults: size}, here),
    1,
    1000,
    'InvalidParameterException',
  ],
  [
    'ecs ListClusters',
    size => ecsOperations(world).ListClusters?.({maxResults: size}, here),
    1,
    100,
    'InvalidParameterException',
  ],
  [
    'ecs ListTaskDefinitions',
    size => ecsOperations(world).ListTaskDefinitions?.({maxResults: size}, here),
    1,
    100,
    'InvalidParameterException',
  ],
  [
    'servicediscovery ListNamespaces',
    size => serviceDiscoveryOperations(world).ListNamespaces({MaxResults: size}, here),
    1,
    100,
    'InvalidInput',
  ],
  [
    'service-quotas ListServices',
    size => serviceQuotasOperations(world).ListServices?.({MaxResults: size}, here),
    1,
    100,
    'IllegalArgumentException',
  ],
  [
    'rds DescribeDBClusters',
    size => rdsOperations(world).DescribeDBClusters({MaxRecords: size}, here),
    20,
    100,
    'InvalidParameterValue',
  ],
  [
    'kms ListKeys',
    size => kmsOperations(world).ListKeys({Limit: size}, here),
    1,
    1000,
    'ValidationException',
  ],
  [
    'kms ListAliases',
    size => kmsOperations(world).ListAliases({Limit: size}, here),
    1,
    100,
    'ValidationException',
  ],
  ['iam ListRoles', size => iamOperations(world).ListRoles({MaxItems: size}), 1, 1000, 'ValidationError'],
]

it.each(paged)('%s takes no page that AWS would not give', (_, ask, least, most, code) => {
  expect(() => ask(least)).not.toThrow()
  expect(() => ask(most)).not.toThrow()
  for (const size of [least - 1, most + 1]) {
    expect(() => ask(size)).toThrow(expect.objectContaining({code}))
  }
})

it.each([
  [
    () => logs.DescribeLogGroups({limit: 51}, here),
    "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50",
  ],
  [
    () => ec2.DescribeVpcs({MaxResults: 4}, here),
    'Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
  ],
  [
    () => rdsOperations(world).DescribeDBClusters({MaxRecords: 19}, here),
    'Invalid value 19 for MaxRecords. Must be between 20 and 100',
  ],
  [
    () => elb.DescribeTags?.({ResourceArns: Array.from({length: 21}, () => 'arn')}, here),
    'Cannot have more than 20 resources described',
  ],
])('the refusal is in the words of the service', (ask, message) => {
  expect(ask).toThrow(message)
})
