import {expect, it} from 'vitest'
import {keyNamed, keyState} from '../../../../src/rehearsal/services/kms/providers.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

it('a deleted key is pending until its window is over, and belongs to no stack', () => {
  const {world, pass} = testWorld()
  const maker = new Maker(world)
  const {physicalId} = maker.make('AWS::KMS::Key', {PendingWindowInDays: '7'})
  const key = keyNamed(world, maker.region, physicalId)
  if (!key) throw new Error('no key')
  expect(keyState(world, key)).toBe('Enabled')
  maker.remove(key)
  const pending = keyNamed(world, maker.region, physicalId)
  expect(pending && keyState(world, pending)).toBe('PendingDeletion')
  expect(pending?.owner).toBeUndefined()
  pass(7 * 86_400)
  expect(keyNamed(world, maker.region, physicalId)).toBeUndefined()
})

it('a key is found by id, ARN, alias and alias ARN', () => {
  const maker = new Maker(testWorld().world)
  const key = maker.make('AWS::KMS::Key')
  maker.make('AWS::KMS::Alias', {AliasName: 'alias/demo', TargetKeyId: key.physicalId})
  const account = maker.world.account.id
  for (const id of [
    key.physicalId,
    String(key.attributes.Arn),
    'alias/demo',
    `arn:aws:kms:us-west-2:${account}:alias/demo`,
  ]) {
    expect(keyNamed(maker.world, maker.region, id)?.physicalId, id).toBe(key.physicalId)
  }
})

it('an alias has its name to itself and needs a key', () => {
  const maker = new Maker(testWorld().world)
  const key = maker.make('AWS::KMS::Key')
  const alias = (TargetKeyId: string) => maker.make('AWS::KMS::Alias', {AliasName: 'alias/demo', TargetKeyId})
  expect(() => alias('absent')).toThrow('does not exist')
  alias(key.physicalId)
  expect(() => alias(key.physicalId)).toThrow('alias/demo already exists in stack')
})

it.each([6, 31])('a window of %s days is refused', PendingWindowInDays => {
  expect(() => new Maker(testWorld().world).make('AWS::KMS::Key', {PendingWindowInDays})).toThrow(
    'between 7 and 30',
  )
})
