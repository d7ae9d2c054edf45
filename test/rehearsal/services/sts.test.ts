import {expect, it} from 'vitest'
import {stsOperations} from '../../../src/rehearsal/services/sts.js'
import {testWorld} from '../helpers/world.js'

it('whoever asks is the one user of the account', () => {
  const {world} = testWorld()
  const {id} = world.account
  expect(stsOperations(world).GetCallerIdentity()).toEqual({
    Account: id,
    Arn: `arn:aws:iam::${id}:user/rehearsal`,
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
  })
})
