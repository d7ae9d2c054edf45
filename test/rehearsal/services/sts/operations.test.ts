import {beforeEach, describe, expect, it} from 'vitest'
import {knownKey} from '../../../../src/rehearsal/account/sessions.js'
import {stsOperations} from '../../../../src/rehearsal/services/sts/operations.js'
import {callIn} from '../../helpers/call.js'
import {type TestWorld, testWorld} from '../../helpers/world.js'

let fixture: TestWorld
let sts: ReturnType<typeof stsOperations>
const call = callIn('us-west-2')

beforeEach(() => {
  fixture = testWorld()
  sts = stsOperations(fixture.world)
})

function putRole(Principal: unknown, properties: Record<string, unknown> = {}): string {
  const {world} = fixture
  const Arn = `arn:aws:iam::${world.account.id}:role/teacher`
  world.put(world.region('us-west-2'), {
    ...{type: 'AWS::IAM::Role', physicalId: 'teacher', tags: {}, createdAt: 0, data: {}},
    attributes: {Arn, RoleId: 'AROATEACHER'},
    properties: {
      AssumeRolePolicyDocument: {Statement: [{Effect: 'Allow', Action: 'sts:AssumeRole', Principal}]},
      ...properties,
    },
  })
  return Arn
}

it('whoever asks is the one user of the account', () => {
  const {id} = fixture.world.account
  expect(sts.GetCallerIdentity({}, call)).toEqual({
    Account: id,
    Arn: `arn:aws:iam::${id}:user/rehearsal`,
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
  })
})

describe('a role', () => {
  it('is taken on for a time of the account, and then its credentials are over', () => {
    const {world, pass} = fixture
    const RoleArn = putRole({AWS: `arn:aws:iam::${world.account.id}:root`})
    const {Credentials, AssumedRoleUser} = sts.AssumeRole(
      {RoleArn, RoleSessionName: 'class', DurationSeconds: 900},
      call,
    )
    const key = Credentials?.AccessKeyId ?? ''
    expect(key).toMatch(/^ASIA[A-Z2-7]{16}$/)
    expect(sts.GetCallerIdentity({}, {...call, accessKeyId: key})).toMatchObject({
      Arn: `arn:aws:sts::${world.account.id}:assumed-role/teacher/class`,
      UserId: 'AROATEACHER:class',
    })
    expect(AssumedRoleUser?.AssumedRoleId).toBe('AROATEACHER:class')
    expect(knownKey(world, key, Credentials?.SessionToken).state).toBe('known')
    expect(knownKey(world, key, 'other').state).toBe('badToken')
    expect(knownKey(world, key, undefined).state).toBe('badToken')
    pass(899)
    expect(knownKey(world, key, Credentials?.SessionToken).state).toBe('known')
    pass(1)
    expect(knownKey(world, key, Credentials?.SessionToken).state).toBe('expired')
  })

  it('that trusts somebody else, or is not there, is refused in the same words', () => {
    const RoleArn = putRole({Service: 'ecs-tasks.amazonaws.com'})
    for (const arn of [RoleArn, `${RoleArn}-else`]) {
      expect(() => sts.AssumeRole({RoleArn: arn, RoleSessionName: 'class'}, call)).toThrow(
        expect.objectContaining({
          code: 'AccessDenied',
          message: `User: arn:aws:iam::${fixture.world.account.id}:user/rehearsal is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
        }),
      )
    }
  })

  it.each([
    [{DurationSeconds: 899}, /greater than or equal to 900/],
    [{DurationSeconds: 43_201}, /less than or equal to 43200/],
    [{DurationSeconds: 7200}, /exceeds the MaxSessionDuration/],
    [{RoleSessionName: 'a b'}, /roleSessionName/],
  ])('is not taken on with %o', (changes, message) => {
    const RoleArn = putRole('*')
    expect(() => sts.AssumeRole({RoleArn, RoleSessionName: 'class', ...changes}, call)).toThrow(message)
  })
})

it('a session of the user is the user', () => {
  const {Credentials} = sts.GetSessionToken({}, call)
  const session = {...call, accessKeyId: Credentials?.AccessKeyId}
  expect(sts.GetCallerIdentity({}, session)).toEqual(sts.GetCallerIdentity({}, call))
  expect(() => sts.GetSessionToken({DurationSeconds: 1}, call)).toThrow(/900/)
})

it.each([
  ['rehearsal', 'unknown'],
  ['test', 'unknown'],
  ['anything', 'unknown'],
  ['AKIAIOSFODNN7EXAMPLE', 'unknown'],
  ['ASIAIOSFODNN7EXAMPLE', 'unknown'],
  ['', 'unknown'],
])('the key %s, which the account never gave out, is %s', (key, state) => {
  expect(knownKey(fixture.world, key, undefined).state).toBe(state)
})

it('the keys that everybody knows are good in an account that is open, and no others', () => {
  const {world} = fixture
  for (const key of ['rehearsal', 'test']) expect(knownKey(world, key, undefined, true).state).toBe('open')
  for (const key of ['', 'anything', 'AKIAIOSFODNN7EXAMPLE', 'toString']) {
    expect(knownKey(world, key, undefined, true).state).toBe('unknown')
  }
})

it('the account knows its own key, and its functions by another secret', () => {
  const {world} = fixture
  expect(knownKey(world, world.key.accessKeyId, undefined)).toEqual({
    state: 'known',
    secretAccessKey: world.key.secretAccessKey,
  })
  expect(knownKey(world, world.key.accessKeyId, 'a token')).toEqual({state: 'badToken'})
  const functions = knownKey(world, 'LAMBDA', undefined)
  expect(functions).toEqual({state: 'known', secretAccessKey: expect.stringMatching(/^[\w+/]{40}$/)})
  expect(functions).not.toMatchObject({secretAccessKey: world.key.secretAccessKey})
})

it('the secret of a session follows from the key of the account, and is not kept with it', () => {
  const {Credentials} = sts.GetSessionToken({}, call)
  const secret = Credentials?.SecretAccessKey ?? ''
  expect(knownKey(fixture.world, Credentials?.AccessKeyId ?? '', Credentials?.SessionToken)).toEqual({
    state: 'known',
    secretAccessKey: secret,
  })
  expect(JSON.stringify(fixture.world.account)).not.toContain(secret)
  // The same life with another key gives the same session another secret.
  const other = stsOperations(testWorld().world).GetSessionToken({}, call)
  expect(other.Credentials?.AccessKeyId).toBe(
    stsOperations(testWorld().world).GetSessionToken({}, call).Credentials?.AccessKeyId,
  )
  expect(other.Credentials?.SecretAccessKey).not.toBe(secret)
})
