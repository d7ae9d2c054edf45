import {expect, test} from 'vitest'
import {awsCommand} from '../../src/aws/command-line.js'
import {deletableKinds, deletingCommand} from '../../src/aws/deleting-command.js'
import {taggedResource} from '../../src/aws/tagged-resources.js'
import {deletable} from '../helpers/deletable.js'

const reach = {region: 'us-west-2', endpoint: undefined}

test.each(deletable)('%s', (arn, command) => {
  expect(deletingCommand(reach, taggedResource(arn))).toBe(`aws ${command} --region us-west-2`)
})

test('every kind that has a command has an example, which the AWS CLI is asked about', () => {
  const kinds = new Set(deletable.map(([arn]) => taggedResource(arn).kind))
  expect([...kinds].sort()).toEqual([...deletableKinds].sort())
})

test('goes where the calls of this program went', () => {
  const elsewhere = {region: 'eu-west-1', endpoint: 'http://127.0.0.1:4566', profile: "o'hara's"}
  expect(deletingCommand(elsewhere, taggedResource('arn:aws:s3:::b'))).toBe(
    `aws s3 rb --force s3://b --region eu-west-1 --profile 'o'\\''hara'\\''s' --endpoint-url http://127.0.0.1:4566`,
  )
  expect(awsCommand({...reach, profile: 'class'}, 'sts get-caller-identity')).toBe(
    'aws sts get-caller-identity --region us-west-2 --profile class',
  )
})

test('names nothing for what it does not know', () => {
  const arn = 'arn:aws:quantum:us-west-2:123456789012:thing/demo'
  expect(deletingCommand(reach, taggedResource(arn))).toBeNull()
})
