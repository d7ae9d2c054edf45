import {expect, it} from 'vitest'
import {kmsOperations} from '../../../../src/rehearsal/services/kms/operations.js'
import {callIn} from '../../helpers/call.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-west-2')

it('a key is described through its alias, and after its deletion by id', () => {
  const maker = new Maker(testWorld().world)
  const kms = kmsOperations(maker.world)
  const key = maker.make('AWS::KMS::Key', {Description: 'demo', PendingWindowInDays: 7})
  const alias = maker.make('AWS::KMS::Alias', {AliasName: 'alias/demo', TargetKeyId: key.physicalId})
  expect(kms.DescribeKey({KeyId: 'alias/demo'}, here).KeyMetadata).toMatchObject({
    KeyId: key.physicalId,
    KeyState: 'Enabled',
    Enabled: true,
    Description: 'demo',
  })
  expect(kms.ListAliases({KeyId: key.physicalId}, here).Aliases).toMatchObject([
    {AliasName: 'alias/demo', TargetKeyId: key.physicalId},
  ])
  maker.remove(alias)
  maker.remove(key)
  expect(kms.DescribeKey({KeyId: key.physicalId}, here).KeyMetadata).toMatchObject({
    KeyState: 'PendingDeletion',
    Enabled: false,
    DeletionDate: new Date(maker.world.now + 7 * 86_400_000),
  })
})

it('what does not exist is refused in the words of its kind', () => {
  const kms = kmsOperations(testWorld().world)
  expect(() => kms.DescribeKey({KeyId: 'alias/absent'}, here)).toThrow(
    /Alias arn:.*alias\/absent is not found/,
  )
  expect(() => kms.DescribeKey({KeyId: 'absent'}, here)).toThrow(/Key 'arn:.*key\/absent' does not exist/)
})
