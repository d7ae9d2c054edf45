import {expect, test} from 'vitest'
import {awsCommand} from '../../src/aws/command-line.js'
import {deletableKinds, deletingCommand} from '../../src/aws/deleting-command.js'
import {taggedResource} from '../../src/aws/tagged-resources.js'
import {deletable, lookedUp} from '../helpers/deletable.js'

const reach = {region: 'us-west-2', endpoint: undefined}

const commandFor = (arn: string, at: Parameters<typeof deletingCommand>[0] = reach) => {
  const target = taggedResource(arn)
  return deletingCommand(at, target, lookedUp[target.kind])
}

test.each(deletable)('%s', (arn, command) => {
  const lines = (commandFor(arn) ?? '').split('; ')
  expect(lines.at(-1)?.replaceAll(' --region us-west-2', '')).toBe(`aws ${command}`)
})

test('every kind that has a command has an example, which the AWS CLI is asked about', () => {
  const kinds = new Set(deletable.map(([arn]) => taggedResource(arn).kind))
  expect([...kinds].sort()).toEqual([...deletableKinds].sort())
})

test('goes where the calls of this program went', () => {
  const elsewhere = {region: 'eu-west-1', endpoint: 'http://127.0.0.1:4566', profile: "o'hara's"}
  const place = `--region eu-west-1 --profile "o'hara's" --endpoint-url http://127.0.0.1:4566`
  for (const [arn] of deletable) {
    const line = commandFor(arn, elsewhere) ?? ''
    expect(line.split(place).length - 1, line).toBe(line.match(/\baws [a-z]/g)?.length)
  }
  expect(awsCommand({...reach, profile: 'class'}, 'sts get-caller-identity')).toBe(
    'aws sts get-caller-identity --region us-west-2 --profile class',
  )
})

test('names nothing for what it does not know', () => {
  const arn = 'arn:aws:quantum:us-west-2:123456789012:thing/demo'
  expect(deletingCommand(reach, taggedResource(arn))).toBeNull()
})

test('what lies in it goes before it, and nothing is printed that lacks a name', () => {
  const group = taggedResource('arn:aws:ec2:us-west-2:1:security-group/sg-1')
  const before = ['ec2 revoke-security-group-ingress --group-id sg-2 --security-group-rule-ids sgr-1']
  expect(deletingCommand(reach, group, {before})).toBe(
    'aws ec2 revoke-security-group-ingress --group-id sg-2 --security-group-rule-ids sgr-1 --region us-west-2; aws ec2 delete-security-group --group-id sg-1 --region us-west-2',
  )
  for (const kind of Object.keys(lookedUp)) {
    const arn = deletable.find(([each]) => taggedResource(each).kind === kind)?.[0] ?? ''
    expect(deletingCommand(reach, taggedResource(arn)), kind).toBeNull()
  }
})

test('several that are left are deleted in an order in which AWS lets them go', () => {
  const before = (first: string, then: string) =>
    expect(deletableKinds.indexOf(first), `${first}, ${then}`).toBeLessThan(deletableKinds.indexOf(then))
  before('cloudfront:distribution', 'cloudfront:function')
  before('ecs:service', 'ecs:cluster')
  before('elasticloadbalancing:loadbalancer', 'elasticloadbalancing:targetgroup')
  before('rds:cluster', 'rds:subgrp')
  before('elasticfilesystem:file-system', 'ec2:subnet')
  before('ec2:natgateway', 'ec2:internet-gateway')
  before('ec2:security-group', 'ec2:vpc')
  before('ec2:internet-gateway', 'ec2:vpc')
})
