import type {Change, RRType} from '@aws-sdk/client-route-53'
import {beforeEach, expect, it} from 'vitest'
import {route53Operations} from '../../../../src/rehearsal/services/route53/operations.js'
import {callIn} from '../../helpers/call.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-east-1')
let route53: ReturnType<typeof route53Operations>
let HostedZoneId: string

beforeEach(() => {
  route53 = route53Operations(testWorld().world)
  HostedZoneId = route53.CreateHostedZone({Name: 'example.org', CallerReference: 'a'}, here).HostedZone.Id
})

const set = (Name: string, Type: RRType, Value: string) => ({Name, Type, TTL: 60, ResourceRecords: [{Value}]})
const change = (...Changes: Change[]) =>
  route53.ChangeResourceRecordSets({HostedZoneId, ChangeBatch: {Changes}}, here)
const records = () =>
  route53
    .ListResourceRecordSets({HostedZoneId})
    .ResourceRecordSets.filter(({Type}) => Type === 'A' || Type === 'CNAME')
    .map(set => `${set.Name} ${set.Type} ${'ResourceRecords' in set && set.ResourceRecords[0]?.Value}`)

it('records are created, put in the place of others, and deleted', () => {
  change({Action: 'CREATE', ResourceRecordSet: set('a.example.org', 'A', '192.0.2.1')})
  change({Action: 'UPSERT', ResourceRecordSet: set('A.example.org.', 'A', '192.0.2.2')})
  expect(records()).toEqual(['a.example.org. A 192.0.2.2'])
  change({Action: 'DELETE', ResourceRecordSet: set('a.example.org', 'A', '192.0.2.2')})
  expect(records()).toEqual([])
})

it('a batch is made whole or not at all, and says everything that is wrong with it', () => {
  change({Action: 'CREATE', ResourceRecordSet: set('a.example.org', 'A', '192.0.2.1')})
  const bad = () =>
    change(
      {Action: 'CREATE', ResourceRecordSet: set('b.example.org', 'A', '192.0.2.1')},
      {Action: 'CREATE', ResourceRecordSet: set('a.example.org', 'A', '192.0.2.1')},
      {Action: 'DELETE', ResourceRecordSet: set('c.example.org', 'A', '192.0.2.1')},
      {Action: 'UPSERT', ResourceRecordSet: set('a.example.com', 'A', '192.0.2.1')},
    )
  expect(bad).toThrow(
    /already exists\], \[Tried to delete .*was not found\], \[RRSet .*not permitted in zone/,
  )
  expect(records()).toEqual(['a.example.org. A 192.0.2.1'])
})

it('a CNAME has its name to itself', () => {
  change({Action: 'CREATE', ResourceRecordSet: set('a.example.org', 'A', '192.0.2.1')})
  const cname = set('a.example.org', 'CNAME', 'old.example.com')
  expect(() => change({Action: 'CREATE', ResourceRecordSet: cname})).toThrow('conflicts with other records')
  change(
    {Action: 'DELETE', ResourceRecordSet: set('a.example.org', 'A', '192.0.2.1')},
    {Action: 'CREATE', ResourceRecordSet: cname},
  )
  expect(records()).toEqual(['a.example.org. CNAME old.example.com'])
})
