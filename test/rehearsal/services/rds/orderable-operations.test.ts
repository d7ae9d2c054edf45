import {expect, it} from 'vitest'
import {orderableOperations} from '../../../../src/rehearsal/services/rds/orderable-operations.js'
import {callIn} from '../../helpers/call.js'

const here = callIn('us-west-2')
const {DescribeOrderableDBInstanceOptions: describe} = orderableOperations()
const Engine = 'aurora-mysql'
const DBInstanceClass = 'db.serverless'

it('lists the versions that can be had as serverless, page by page', () => {
  const {OrderableDBInstanceOptions: all = []} = describe({Engine, DBInstanceClass}, here)
  expect(all.length).toBeGreaterThan(3)
  expect(all[0]).toMatchObject({
    Engine,
    DBInstanceClass,
    AvailabilityZones: [{Name: 'us-west-2a'}, {}, {}, {}],
  })
  const EngineVersion = all[1]?.EngineVersion
  expect(describe({Engine, DBInstanceClass, EngineVersion}, here).OrderableDBInstanceOptions).toEqual([
    all[1],
  ])
  expect(describe({Engine: 'mariadb', DBInstanceClass}, here).OrderableDBInstanceOptions).toEqual([])
})

it('refuses what it does not know: other classes, and pages of a size that RDS does not have', () => {
  expect(() => describe({Engine}, here)).toThrow(/of no other class/)
  expect(() => describe({Engine, DBInstanceClass: 'db.r6g.large'}, here)).toThrow(/of no other class/)
  expect(() => describe({Engine, DBInstanceClass, MaxRecords: 5}, here)).toThrow(/MaxRecords/)
})
