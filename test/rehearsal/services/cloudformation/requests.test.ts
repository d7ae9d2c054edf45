import {expect, test} from 'vitest'
import {stackRequest} from '../../../../src/rehearsal/services/cloudformation/requests.js'

const list = (count: number, name: string) => Array.from({length: count}, (_, index) => `${name}${index}`)
const tags = (count: number) => list(count, 'key').map(Key => ({Key, Value: 'v'}))

test('a request has 50 tags and five topics at most', () => {
  const StackName = 'demo'
  expect(() => stackRequest({StackName, Tags: tags(51)})).toThrow(
    /^1 validation error detected: Value '\[key0=v, .*, key50=v\]' at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50$/,
  )
  expect(() => stackRequest({StackName, NotificationARNs: list(6, 'arn')})).toThrow(
    "1 validation error detected: Value '[arn0, arn1, arn2, arn3, arn4, arn5]' at 'notificationARNs' failed to satisfy constraint: Member must have length less than or equal to 5",
  )
  expect(() => stackRequest({StackName, Tags: tags(51), NotificationARNs: list(6, 'arn')})).toThrow(
    /^2 validation errors detected: Value .* equal to 50; Value .* equal to 5$/,
  )
  expect(
    stackRequest({StackName, Tags: tags(50), NotificationARNs: list(5, 'arn')}).notificationArns,
  ).toHaveLength(5)
})

test('a request gives a parameter once', () => {
  const Parameters = ['A', 'B', 'A'].map(ParameterKey => ({ParameterKey, ParameterValue: 'v'}))
  expect(() => stackRequest({StackName: 'demo', Parameters})).toThrow(
    'Parameters: [A] are given more than once',
  )
})
