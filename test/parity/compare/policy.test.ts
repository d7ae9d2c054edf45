import {describe, expect, test} from 'vitest'
import {policyMeaning} from '../../../src/parity/compare/policy.js'
import type {Json, JsonObject} from '../../../src/parity/json.js'

const allow = {Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:a', 'arn:b']}
const meaning = (...Statement: JsonObject[]) => policyMeaning({Version: '2012-10-17', Statement})

test('a policy is what it grants, action by action', () => {
  expect(meaning({...allow, Condition: {Bool: {'aws:SecureTransport': false}}})).toEqual([
    'Allow s3:getobject on arn:a if {"Bool":{"aws:securetransport":["false"]}}',
    'Allow s3:getobject on arn:b if {"Bool":{"aws:securetransport":["false"]}}',
    'Allow s3:putobject on arn:a if {"Bool":{"aws:securetransport":["false"]}}',
    'Allow s3:putobject on arn:b if {"Bool":{"aws:securetransport":["false"]}}',
  ])
})

describe('the same is', () => {
  test.each<[string, JsonObject[]]>([
    ['another order', [{...allow, Action: ['s3:PutObject', 's3:GetObject'], Resource: ['arn:b', 'arn:a']}]],
    [
      'one statement for each action',
      [
        {...allow, Action: 's3:GetObject'},
        {...allow, Action: 's3:PutObject'},
      ],
    ],
    ['upper and lower case of actions', [{...allow, Action: ['S3:getObject', 's3:PutObject']}]],
    ['a name of the statement', [{...allow, Sid: 'Files'}]],
  ])('%s', (_, statements) => {
    expect(meaning(...statements)).toEqual(meaning(allow))
  })

  test.each<[Json, Json]>([
    ['*', {AWS: '*'}],
    [{AWS: '123456789012'}, {AWS: ['arn:aws:iam::123456789012:root']}],
    [{Service: 'ecs.amazonaws.com'}, {Service: ['ecs.amazonaws.com']}],
  ])('principal %j and %j', (one, other) => {
    expect(meaning({...allow, Principal: one})).toEqual(meaning({...allow, Principal: other}))
  })
})

describe('not the same is', () => {
  test.each<[string, JsonObject]>([
    ['a denial', {...allow, Effect: 'Deny'}],
    ['one action more', {...allow, Action: [...allow.Action, 's3:DeleteObject']}],
    ['one resource less', {...allow, Resource: 'arn:a'}],
    ['a resource in another case', {...allow, Resource: ['ARN:a', 'arn:b']}],
    ['a condition', {...allow, Condition: {Bool: {'aws:SecureTransport': 'true'}}}],
    ['everything but the actions', {Effect: 'Allow', NotAction: allow.Action, Resource: allow.Resource}],
    ['everybody but a principal', {...allow, NotPrincipal: {AWS: '*'}}],
    ['a principal', {...allow, Principal: '*'}],
  ])('%s', (_, statement) => {
    expect(meaning(statement)).not.toEqual(meaning(allow))
  })

  test('what a NotAction leaves out together, from what two leave out each by itself', () => {
    const not = (action: Json) => ({Effect: 'Deny', NotAction: action, Resource: '*'})
    expect(meaning(not(['a:b', 'c:d']))).not.toEqual(meaning(not('a:b'), not('c:d')))
  })
})

test('an older version of the language, also where none is told, is told', () => {
  const older = ['Allow s3:getobject on * as of 2008-10-17']
  const Statement = [{Effect: 'Allow', Action: 's3:GetObject', Resource: '*'}]
  expect(policyMeaning({Statement})).toEqual(older)
  expect(policyMeaning({Version: '2008-10-17', Statement})).toEqual(older)
})

test('what is no policy stays what it is', () => {
  expect(policyMeaning('policy-aws_kms_key-125')).toBe('policy-aws_kms_key-125')
  expect(policyMeaning({a: 1})).toEqual({a: '1'})
})
