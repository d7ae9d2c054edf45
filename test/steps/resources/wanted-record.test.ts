import {expect, test} from 'vitest'
import {howMisnamed, recordCommand} from '../../../src/steps/resources/wanted-record.js'

const alias = (DNSName: string) => ({AliasTarget: {DNSName}})
const balancer = 'demo-1.elb.amazonaws.com'

test('a record leads where its template says, however Route 53 writes it', () => {
  expect(howMisnamed({is: 'record', to: balancer}, alias('Demo-1.elb.amazonaws.com'))).toBeUndefined()
  expect(howMisnamed({is: 'record', to: 'old.example.com'}, alias(balancer))).toBe(
    `it leads to old.example.com, not to ${balancer}`,
  )
})

test('where a record is to lead may not be known here', () => {
  expect(howMisnamed({is: 'record', to: 'old.example.com'}, alias('?'))).toBeUndefined()
  expect(howMisnamed({is: 'record', to: 'old.example.com'}, undefined)).toBeUndefined()
})

test('the command puts the record back, and takes first what has its name', () => {
  const record = {
    ...{zone: 'Z1', name: 'kc.example.org', type: 'A', target: balancer, targetZone: 'Z2'},
  }
  const upsert = `{Action=UPSERT,ResourceRecordSet={Name=kc.example.org,Type=A,AliasTarget={HostedZoneId=Z2,DNSName=${balancer},EvaluateTargetHealth=true}}}`
  const line = 'route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch'
  expect(recordCommand(record)).toBe(`${line} 'Changes=[${upsert}]'`)
  const conflict = {type: 'CNAME', ttl: 300, values: ['old.example.com']}
  expect(recordCommand({...record, conflict})).toBe(
    `${line} 'Changes=[{Action=DELETE,ResourceRecordSet={Name=kc.example.org,Type=CNAME,TTL=300,ResourceRecords=[{Value=old.example.com}]}},${upsert}]'`,
  )
})
