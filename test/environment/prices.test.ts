import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {parse} from 'yaml'
import {priceBasis, priceOf} from '../../src/environment/prices.js'

const basis = parse(readFileSync(new URL('../../docs/prices.yaml', import.meta.url), 'utf8'))
const month = (usd: number) => Math.round(usd * 730 * 100) / 100

test('prices are those behind the estimate in the docs', () => {
  const {hourly, monthly} = basis
  expect(priceBasis).toEqual({region: basis.region, year: basis.as_of})
  const ofTypes = {
    'AWS::EC2::NatGateway': month(hourly.nat_gateway),
    'AWS::EC2::EIP': month(hourly.public_ipv4_address),
    'AWS::ElasticLoadBalancingV2::LoadBalancer': month(hourly.application_load_balancer),
    'AWS::ECS::Service': month(hourly.fargate_vcpu + 2 * hourly.fargate_gb),
    'AWS::RDS::DBInstance': month(hourly.aurora_serverless_v2_acu),
    'AWS::RDS::DBProxy': month(hourly.rds_proxy),
    'AWS::KMS::Key': monthly.kms_key,
    'AWS::SecretsManager::Secret': monthly.secret,
    'AWS::CloudWatch::Alarm': monthly.cloudwatch_alarm,
    'AWS::Route53::HostedZone': monthly.hosted_zone,
  }
  for (const [type, usd] of Object.entries(ofTypes)) expect(priceOf(type)?.usd, type).toBe(usd)
})

test('what is stored is priced by how much it is, and nobody guesses that', () => {
  for (const type of [
    'rds:cluster',
    'rds:cluster-snapshot',
    'elasticfilesystem:file-system',
    'ecr:repository',
  ])
    expect(priceOf(type)?.per).toBe('GiB and month')
})

test('a type and its kind cost the same; what nobody can tell has no price', () => {
  expect(priceOf('rds:db-proxy')).toEqual(priceOf('AWS::RDS::DBProxy'))
  expect(priceOf('AWS::EC2::VPCEndpoint')).toBeUndefined()
  expect(priceOf('AWS::Logs::LogGroup')).toBeUndefined()
})
