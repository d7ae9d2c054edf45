import {CreateSecretCommand, SecretsManagerClient} from '@aws-sdk/client-secrets-manager'
import {beforeEach, expect, it} from 'vitest'
import {secretsManagerOperations} from '../../../../src/rehearsal/services/secretsmanager/operations.js'
import {engineWorld} from '../../engine/engine-world.js'
import {callIn} from '../../helpers/call.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'
import {served} from '../served.js'

const here = callIn('us-west-2')
let clock: ReturnType<typeof testWorld>
let maker: Maker
let secrets: ReturnType<typeof secretsManagerOperations>

beforeEach(() => {
  clock = testWorld()
  maker = new Maker(clock.world)
  secrets = secretsManagerOperations(clock.world)
  maker.make('AWS::SecretsManager::Secret', {Name: 'demo/one', SecretString: 'first'}, {tags: {team: 'demo'}})
})

const demo = {SecretId: 'demo/one'}

it('a new value is current, and the one before is the previous one', () => {
  const {VersionId} = secrets.GetSecretValue(demo, here)
  secrets.PutSecretValue({...demo, SecretString: 'second'}, here)
  expect(secrets.GetSecretValue(demo, here)).toMatchObject({
    SecretString: 'second',
    VersionStages: ['AWSCURRENT'],
  })
  expect(secrets.GetSecretValue({...demo, VersionStage: 'AWSPREVIOUS'}, here).SecretString).toBe('first')
  expect(secrets.GetSecretValue({...demo, VersionId}, here).SecretString).toBe('first')
})

it('a description never holds the value', () => {
  const text = JSON.stringify([secrets.DescribeSecret(demo, here), secrets.ListSecrets({}, here)])
  expect(text).toContain('demo/one')
  expect(text).not.toContain('first')
})

it('a secret that does not exist is refused', () => {
  expect(() => secrets.GetSecretValue({SecretId: 'absent'}, here)).toThrow(
    "Secrets Manager can't find the specified secret.",
  )
  expect(() => secrets.GetSecretValue(demo, callIn('eu-west-1'))).toThrow("can't find the specified secret")
})

it('a deleted secret waits out its window, can be restored, and is gone at once when forced', () => {
  secrets.DeleteSecret({...demo, RecoveryWindowInDays: 7}, here)
  expect(() => secrets.GetSecretValue(demo, here)).toThrow('it was marked for deletion')
  expect(secrets.ListSecrets({}, here).SecretList).toEqual([])
  expect(secrets.ListSecrets({IncludePlannedDeletion: true}, here).SecretList).toHaveLength(1)
  secrets.RestoreSecret(demo, here)
  expect(secrets.GetSecretValue(demo, here).SecretString).toBe('first')
  secrets.DeleteSecret({...demo, RecoveryWindowInDays: 7}, here)
  clock.pass(7 * 86_400)
  expect(() => secrets.DescribeSecret(demo, here)).toThrow("can't find the specified secret")
})

it('several values come at once, beside what keeps others back', () => {
  maker.make('AWS::SecretsManager::Secret', {Name: 'demo/two', SecretString: 'second'})
  secrets.DeleteSecret({SecretId: 'demo/two'}, here)
  const found = secrets.BatchGetSecretValue({SecretIdList: ['demo/one', 'demo/two', 'absent']}, here)
  expect(found.SecretValues).toMatchObject([{Name: 'demo/one', SecretString: 'first'}])
  expect(found.Errors.map(({SecretId, ErrorCode}) => [SecretId, ErrorCode])).toEqual([
    ['demo/two', 'InvalidRequestException'],
    ['absent', 'ResourceNotFoundException'],
  ])
  const Filters = [{Key: 'name' as const, Values: ['demo/']}]
  expect(secrets.BatchGetSecretValue({Filters}, here).SecretValues).toHaveLength(1)
  expect(() => secrets.BatchGetSecretValue({}, here)).toThrow('either SecretIdList or Filters')
})

it('deleting by force leaves nothing', () => {
  secrets.DeleteSecret({...demo, ForceDeleteWithoutRecovery: true}, here)
  expect(() => secrets.DescribeSecret(demo, here)).toThrow("can't find the specified secret")
  expect(() => maker.make('AWS::SecretsManager::Secret', {Name: 'demo/one'})).not.toThrow()
})

it('deleting by force takes one in its window too, and minds none that is gone', () => {
  secrets.DeleteSecret(demo, here)
  expect(() => secrets.DeleteSecret(demo, here)).toThrow('it was marked for deletion')
  expect(secrets.DeleteSecret({...demo, ForceDeleteWithoutRecovery: true}, here)).toMatchObject({
    Name: 'demo/one',
    DeletionDate: new Date(clock.world.now),
  })
  expect(secrets.ListSecrets({IncludePlannedDeletion: true}, here).SecretList).toEqual([])
  expect(() => secrets.DeleteSecret({...demo, ForceDeleteWithoutRecovery: true}, here)).not.toThrow()
  expect(() => secrets.DeleteSecret(demo, here)).toThrow("can't find the specified secret")
})

it('CloudFormation deletes without a window; a name in a window is held from it, and free afterwards', () => {
  const account = engineWorld()
  const api = secretsManagerOperations(account.world)
  const template = {
    Resources: {
      Secret: {Type: 'AWS::SecretsManager::Secret', Properties: {Name: 'demo/held', SecretString: 'x'}},
    },
  }
  const created = () => {
    account.create('demo', template)
    account.pass(120)
    const {status} = account.find('demo')
    account.remove('demo')
    account.pass(120)
    return status
  }
  expect(created()).toBe('CREATE_COMPLETE')
  expect(api.ListSecrets({IncludePlannedDeletion: true}, here).SecretList).toEqual([])
  expect(created()).toBe('CREATE_COMPLETE')
  api.CreateSecret({Name: 'demo/held', SecretString: 'y'}, here)
  api.DeleteSecret({SecretId: 'demo/held', RecoveryWindowInDays: 7}, here)
  expect(created()).toBe('ROLLBACK_COMPLETE')
  account.pass(7 * 86_400)
  expect(created()).toBe('CREATE_COMPLETE')
})

it('a list is filtered by name and tag, and pages', () => {
  maker.make('AWS::SecretsManager::Secret', {Name: 'other', SecretString: 'x'})
  const names = (Key: 'name' | 'tag-key', value: string) =>
    secrets.ListSecrets({Filters: [{Key, Values: [value]}]}, here).SecretList.map(({Name}) => Name)
  expect(names('name', 'demo/')).toEqual(['demo/one'])
  expect(names('tag-key', 'team')).toEqual(['demo/one'])
  const first = secrets.ListSecrets({MaxResults: 1}, here)
  expect(first.SecretList).toHaveLength(1)
  expect(secrets.ListSecrets({MaxResults: 1, NextToken: first.NextToken}, here).NextToken).toBeUndefined()
})

it('a secret is created once, and its name is held until it is gone', () => {
  const wanted = {Name: 'demo/two', SecretString: 'value', Tags: [{Key: 'team', Value: 'demo'}]}
  const {ARN, VersionId} = secrets.CreateSecret(wanted, here)
  expect(ARN).toMatch(/:secret:demo\/two-\w{6}$/)
  expect(secrets.GetSecretValue({SecretId: 'demo/two'}, here)).toMatchObject({
    ARN,
    VersionId,
    SecretString: 'value',
  })
  expect(() => secrets.CreateSecret(wanted, here)).toThrow(
    'The operation failed because the secret demo/two already exists.',
  )
  secrets.DeleteSecret({SecretId: 'demo/two', RecoveryWindowInDays: 7}, here)
  expect(() => secrets.CreateSecret(wanted, here)).toThrow(
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
  )
  secrets.RestoreSecret({SecretId: 'demo/two'}, here)
  secrets.DeleteSecret({SecretId: 'demo/two', ForceDeleteWithoutRecovery: true}, here)
  expect(secrets.CreateSecret({Name: 'demo/two'}, here).VersionId).toBeUndefined()
  expect(() => secrets.CreateSecret({Name: 'x', SecretBinary: new Uint8Array(1)}, here)).toThrow('binary')
})

it('refuses a name that is none with an error that the client can read', async () => {
  const wire = await served({secretsmanager: secretsManagerOperations(testWorld().world)})
  const create = new SecretsManagerClient(wire.client).send(new CreateSecretCommand({Name: 'no name'}))
  await expect(create).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('Invalid name.'),
    $metadata: {httpStatusCode: 400},
  })
  await wire.close()
})

it.each(['owned', 'toString'])('knows no filter %s', Key => {
  const filter = () => secrets.ListSecrets({Filters: [{Key: Key as 'name', Values: ['a']}]}, here)
  secrets.CreateSecret({Name: 'demo'}, here)
  expect(filter).toThrow(`The filter ${Key} is not supported.`)
})
