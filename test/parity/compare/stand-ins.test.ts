import {describe, expect, test} from 'vitest'
import {isPointer, pointersOf, StandIns} from '../../../src/parity/compare/stand-ins.js'
import {environmentOf, made} from './small.js'

const standIns = new StandIns(
  environmentOf([
    made('network.Vpc', 'AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'}),
    made('data.Cluster', 'AWS::RDS::DBCluster', {Port: 3307}),
    made('data.Default', 'AWS::RDS::DBCluster'),
    made('services.Logs', 'AWS::Logs::LogGroup', {LogGroupName: '/ecs/demo'}),
    made('compute.Repository', 'AWS::ECR::Repository', {RepositoryName: 'demo'}),
  ]),
)

describe('what points at a resource is written so', () => {
  test.each([
    ['<ref:network.Vpc>', '<network.Vpc>'],
    ['<att:compute.TaskRole.Arn>', '<compute.TaskRole>'],
    ['<att:services.App.Name>', '<services.App>'],
    ['<att:compute.Alb.DNSName>', '<compute.Alb.dns_name>'],
    ['https://<att:compute.Alb.DNSName>/x', 'https://<compute.Alb.dns_name>/x'],
    ['<att:compute.Alb.CanonicalHostedZoneID>', '<compute.Alb.zone_id>'],
    ['<att:compute.Images.BuildNumber>', '<compute.Images.BuildNumber>'],
  ])('%s', (text, meaning) => {
    expect(standIns.text(text)).toBe(meaning)
  })
})

describe('an attribute that is a property is what it says', () => {
  test.each([
    ['<att:network.Vpc.CidrBlock>', '10.0.0.0/16'],
    ['mysql:<att:data.Cluster.Endpoint.Port>', 'mysql:3307'],
    ['<att:data.Default.Endpoint.Port>', '3306'],
  ])('%s', (text, meaning) => {
    expect(standIns.text(text)).toBe(meaning)
  })
})

describe('an ARN that is put together means its resource', () => {
  test.each([
    ['arn:aws:ssm:us-east-1:123456789012:parameter<ref:data.Admin>', '<data.Admin>'],
    ['arn:aws:logs:us-east-1:123456789012:log-group:/ecs/demo:*', '<services.Logs>:*'],
    ['arn:aws:ecr:us-east-1:123456789012:repository/demo', '<compute.Repository>'],
    [
      'arn:aws:ecr:us-east-1:123456789012:repository/demo-2',
      'arn:aws:ecr:us-east-1:123456789012:repository/demo-2',
    ],
    ['arn:aws:iam::aws:policy/ReadOnly', 'arn:aws:iam::aws:policy/ReadOnly'],
  ])('%s', (text, meaning) => {
    expect(standIns.text(text)).toBe(meaning)
  })
})

test('pointers are found in a text, and told from it', () => {
  expect(pointersOf('service/<compute.Cluster>/<services.App>')).toEqual([
    '<compute.Cluster>',
    '<services.App>',
  ])
  expect(isPointer('<compute.Alb.dns_name>')).toBe(true)
  expect(isPointer('<compute.Alb>:80')).toBe(false)
  expect(isPointer('<a><b>')).toBe(false)
})
