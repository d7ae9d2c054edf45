import {beforeEach, describe, expect, it} from 'vitest'
import type {FakeAws} from '../../../helpers/fake-aws.js'
import {emptyAws, finding} from '../fixture.js'

let aws: FakeAws

beforeEach(() => {
  aws = emptyAws()
})

describe('availability-zones', () => {
  it('passes with three', async () => {
    expect(await finding('availability-zones', aws)).toEqual({
      verdict: 'pass',
      detail: '3 needed, 3 there (us-west-2a, us-west-2b, us-west-2c)',
    })
  })

  it('blocks with two', async () => {
    aws.zones = ['us-west-2a', 'us-west-2b']
    expect(await finding('availability-zones', aws)).toEqual({
      verdict: 'block',
      detail: 'The subnets need 3 availability zones, and us-west-2 has 2 (us-west-2a, us-west-2b).',
      advice:
        'Deploy to another --region; `aws ec2 describe-availability-zones --all-availability-zones --region us-west-2` shows all zones.',
    })
  })
})

describe('availability-zones, as templates get them,', () => {
  const id = 'availability-zones'

  it('blocks when only two have a default subnet, and passes once the third has one', async () => {
    aws.defaultSubnets = ['us-west-2a', 'us-west-2c']
    expect(await finding(id, aws)).toEqual({
      verdict: 'block',
      detail:
        'The subnets need 3 availability zones, and CloudFormation gives templates only those with a default subnet: us-west-2a, us-west-2c.',
      advice:
        'Create the missing default subnets (they cost nothing): `aws ec2 create-default-subnet --availability-zone us-west-2b --region us-west-2`. Or deploy to another --region.',
    })
    aws.defaultSubnets.push('us-west-2b')
    expect(await finding(id, aws)).toMatchObject({verdict: 'pass'})
  })

  it('warns of a zone that has no Fargate, when the templates take it', async () => {
    Object.assign(aws, {region: 'ap-northeast-1'})
    aws.zones = ['a', 'b', 'c', 'd'].map(letter => `ap-northeast-1${letter}`)
    aws.zoneIds = new Map(aws.zones.map((name, index) => [name, `apne1-az${[4, 3, 1, 2][index]}`]))
    expect(await finding(id, aws)).toMatchObject({
      verdict: 'warn',
      detail: expect.stringContaining('Fargate is not available in ap-northeast-1b (apne1-az3)'),
    })
    aws.zones.splice(1, 1)
    expect(await finding(id, aws)).toMatchObject({verdict: 'pass'})
  })

  it('says which zone RDS Proxy leaves out, and blocks when fewer than two are left', async () => {
    aws.zoneIds.set('us-west-2b', 'use1-az3')
    expect(await finding(id, aws)).toEqual({
      verdict: 'pass',
      detail:
        '3 needed, 3 there (us-west-2a, us-west-2b, us-west-2c); RDS Proxy is not available in us-west-2b',
    })
    aws.zoneIds.set('us-west-2c', 'use1-az3')
    expect(await finding(id, aws)).toMatchObject({verdict: 'block'})
  })
})

describe('hosted-zone', () => {
  const id = 'Z0123456789ABCDEFGHIJ'
  const parameters = {BaseDomain: 'class.example.com', HostedZoneId: id}
  const nameServers = ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net']
  const zone = {name: 'example.com', isPrivate: false, nameServers}
  const look = () => finding('hosted-zone', aws, {parameters})

  it('passes without a domain', async () => {
    expect(await finding('hosted-zone', aws)).toMatchObject({verdict: 'pass'})
  })

  it('passes when DNS delegates the zone to it', async () => {
    aws.zonesById.set(id, zone)
    aws.delegatedTo = ['ns-2.awsdns-02.net']
    expect(await look()).toEqual({verdict: 'pass', detail: 'example.com answers for class.example.com'})
  })

  it('says when DNS was not asked', async () => {
    aws.zonesById.set(id, zone)
    expect(await look()).toEqual({
      verdict: 'pass',
      detail: 'example.com; the name servers of example.com were not checked',
    })
  })

  it('warns when DNS delegates it elsewhere, or nowhere', async () => {
    aws.zonesById.set(id, zone)
    aws.delegatedTo = ['ns.registrar.example']
    expect(await look()).toEqual({
      verdict: 'warn',
      detail: `DNS delegates example.com to ns.registrar.example, and not to hosted zone ${id}: the certificate may never be issued.`,
      advice:
        'Enter ns-1.awsdns-01.com, ns-2.awsdns-02.net as the name servers of example.com where the domain is registered.',
    })
    aws.delegatedTo = []
    expect((await look()).detail).toContain('delegates example.com to nobody')
  })

  it.each([
    ['there is none', undefined, `There is no hosted zone ${id} in this account.`],
    ['it is private', {...zone, isPrivate: true}, `Hosted zone ${id} (example.com) is private`],
    [
      'it is that of another domain',
      {...zone, name: 'ple.com'},
      `Hosted zone ${id} is for ple.com, and class.example.com is not in it.`,
    ],
  ])('blocks when %s', async (_, found, detail) => {
    if (found !== undefined) aws.zonesById.set(id, found)
    const result = await look()
    expect(result.verdict).toBe('block')
    expect(result.detail).toContain(detail)
    expect(result.advice).toContain('`aws route53 list-hosted-zones --region us-west-2`')
  })
})
