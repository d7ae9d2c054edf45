import {expect, test} from 'vitest'
import {costOf} from '../../src/steps/cost-of.js'

test('what is stored costs by its size, where that is known', () => {
  expect(costOf('rds:cluster-snapshot', 40)).toMatchObject({usd: 0.84, per: 'month'})
  expect(costOf('rds:cluster-snapshot')).toMatchObject({usd: 0.021, per: 'GiB and month'})
  // A service that does not tell says 0.
  expect(costOf('rds:cluster-snapshot', 0)).toMatchObject({per: 'GiB and month'})
})

test('what has no size costs what it does, and what nobody here can price is unknown', () => {
  expect(costOf('ec2:natgateway', 40)).toEqual(costOf('ec2:natgateway'))
  expect(costOf('a:thing', 40)).toBeNull()
})
