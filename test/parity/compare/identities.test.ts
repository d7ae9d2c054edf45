import {describe, expect, test} from 'vitest'
import {Identities} from '../../../src/parity/compare/identities.js'
import {planned} from './small.js'

const cluster = planned('aws_ecs_cluster.main', {
  id: 'arn:aws:ecs:us-east-1:123456789012:cluster/demo',
  arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/demo',
  name: 'demo',
})
const service = planned('aws_ecs_service.app', {
  id: 'arn:aws:ecs:us-east-1:123456789012:service/demo/demo',
  name: 'demo',
})
const balancer = planned('aws_lb.main', {
  id: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/demo/1',
  dns_name: 'demo-1.us-east-1.elb.amazonaws.com',
  zone_id: 'Z35SXDOTRQ7X7K',
})
const other = planned('aws_lb.other', {id: 'arn:aws:lb/2', zone_id: 'Z35SXDOTRQ7X7K'})
const group = planned('aws_security_group.app', {id: 'sg-12', name: 'app'})
const longer = planned('aws_security_group.db', {id: 'sg-123', name: 'db'})
const log = planned('aws_cloudwatch_log_group.app', {
  id: '/ecs/demo',
  name: '/ecs/demo',
  arn: 'arn:aws:logs:/ecs/demo',
})
const places: Record<string, string> = {
  'aws_ecs_cluster.main': 'compute.Cluster',
  'aws_ecs_service.app': 'services.App',
  'aws_lb.main': 'compute.MainAlb',
  'aws_lb.other': 'compute.OtherAlb',
  'aws_cloudwatch_log_group.app': 'services.AppLogs',
}
const all = [cluster, service, balancer, other, group, longer, log]
const identities = new Identities(all, ({address}) => places[address] ?? address)
const resolve = (text: string, ...hints: string[]) => identities.resolve(text, hints)

describe('what AWS made means its resource wherever it stands', () => {
  test.each([
    ['arn:aws:ecs:us-east-1:123456789012:cluster/demo', '<compute.Cluster>'],
    ['https://demo-1.us-east-1.elb.amazonaws.com/x', 'https://<compute.MainAlb.dns_name>/x'],
    ['sg-12', '<aws_security_group.app>'],
    ['sg-12,sg-123', '<aws_security_group.app>,<aws_security_group.db>'],
    ['arn:aws:logs:/ecs/demo:*', '<services.AppLogs>:*'],
  ])('%s', (text, meaning) => {
    expect(resolve(text)).toBe(meaning)
  })

  test('but not inside another word', () => {
    expect(resolve('sg-1234')).toBe('sg-1234')
    expect(resolve('my-sg-12')).toBe('my-sg-12')
  })
})

describe('a name means a resource', () => {
  test('where the other side points at that one', () => {
    expect(resolve('demo')).toBe('demo')
    expect(resolve('demo', '<compute.Cluster>')).toBe('<compute.Cluster>')
    expect(resolve('/ecs/demo', '<services.AppLogs>')).toBe('<services.AppLogs>')
    expect(resolve('db', '<compute.Cluster>')).toBe('db')
  })

  test('one after the other, in the order of the other side', () => {
    expect(resolve('service/demo/demo', '<compute.Cluster>', '<services.App>')).toBe(
      'service/<compute.Cluster>/<services.App>',
    )
  })

  test('as a whole word between slashes alone', () => {
    expect(resolve('demo-2', '<compute.Cluster>')).toBe('demo-2')
    expect(resolve('service/demo2/x', '<compute.Cluster>')).toBe('service/demo2/x')
  })
})

test('of several that have one value, the one is meant that the other side points at', () => {
  expect(resolve('Z35SXDOTRQ7X7K', '<compute.OtherAlb.zone_id>')).toBe('<compute.OtherAlb.zone_id>')
  expect(resolve('Z35SXDOTRQ7X7K', '<compute.MainAlb.zone_id>')).toBe('<compute.MainAlb.zone_id>')
})

test('the fingerprint is another one as soon as something is called otherwise', () => {
  const again = new Identities(all, ({address}) => places[address] ?? address)
  const changed = new Identities(
    [...all.slice(1), {...cluster, values: {...cluster.values, name: 'x'}}],
    () => 'a.B',
  )
  expect(again.fingerprint).toBe(identities.fingerprint)
  expect(changed.fingerprint).not.toBe(identities.fingerprint)
})
