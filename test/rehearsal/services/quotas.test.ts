import {readFileSync} from 'node:fs'
import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {Resource} from '../../../src/rehearsal/account/account.js'
import {type Quota, quotas} from '../../../src/rehearsal/account/quotas.js'
import {setQuotas} from '../../../src/rehearsal/control/quota-settings.js'
import {Maker} from '../helpers/providers.js'
import {testWorld} from '../helpers/world.js'

/** One thing more that counts towards a quota; `number` keeps names and ranges apart. */
type Make = (maker: Maker, number: number) => Resource

interface Enforced {
  quota: Quota
  make: Make
  /** AWS's words, `limit` being the quota. */
  words: (limit: number) => string
  service: string
  status?: number
  code?: string
}

const vpcOf = (maker: Maker) =>
  maker.world.resourcesOf(maker.region, 'AWS::EC2::VPC')[0] ??
  maker.make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'})

const natGateway: Make = (maker, number) => {
  const subnet = maker.make('AWS::EC2::Subnet', {
    VpcId: vpcOf(maker).physicalId,
    CidrBlock: `10.0.${number}.0/24`,
    AvailabilityZone: 'us-west-2a',
  })
  return maker.make('AWS::EC2::NatGateway', {SubnetId: subnet.physicalId})
}

const securityGroupRule: Make = (maker, number) => {
  const group = maker.world
    .resourcesOf(maker.region, 'AWS::EC2::SecurityGroup')
    .find(({properties: {GroupName}}) => GroupName === 'one')
  const {physicalId} =
    group ?? maker.make('AWS::EC2::SecurityGroup', {VpcId: vpcOf(maker).physicalId, GroupName: 'one'})
  return maker.make('AWS::EC2::SecurityGroupIngress', {
    GroupId: physicalId,
    IpProtocol: 'tcp',
    FromPort: number,
    ToPort: number,
    CidrIp: '10.0.0.0/8',
  })
}

const limitExceeded = {code: 'ServiceLimitExceeded'}

const enforced: readonly Enforced[] = [
  {
    quota: quotas.elasticIps,
    make: maker => maker.make('AWS::EC2::EIP', {}),
    words: () => 'The maximum number of addresses has been reached.',
    service: 'Ec2',
  },
  {
    quota: quotas.vpcs,
    make: maker => maker.make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'}),
    words: () => 'The maximum number of VPCs has been reached.',
    service: 'Ec2',
  },
  {
    quota: quotas.internetGateways,
    make: maker => maker.make('AWS::EC2::InternetGateway', {}),
    words: () => 'The maximum number of internet gateways has been reached.',
    service: 'Ec2',
    ...limitExceeded,
  },
  {
    quota: quotas.natGateways,
    make: natGateway,
    words: limit => `Performing this operation would exceed the limit of ${limit} NAT gateways`,
    service: 'Ec2',
    ...limitExceeded,
  },
  {
    quota: quotas.securityGroups,
    make: (maker, number) =>
      maker.make('AWS::EC2::SecurityGroup', {VpcId: vpcOf(maker).physicalId, GroupName: `group ${number}`}),
    words: () => "The maximum number of security groups for VPC 'vpc-…' has been reached.",
    service: 'Ec2',
    ...limitExceeded,
  },
  {
    quota: quotas.securityGroupRules,
    make: securityGroupRule,
    words: () => 'The maximum number of rules per security group has been reached.',
    service: 'Ec2',
    ...limitExceeded,
  },
  {
    quota: quotas.loadBalancers,
    make: maker => maker.make('AWS::ElasticLoadBalancingV2::LoadBalancer', {}),
    words: () => 'The maximum number of load balancers has been reached',
    service: 'ElasticLoadBalancingV2',
    ...limitExceeded,
  },
  {
    quota: quotas.roles,
    make: maker => maker.make('AWS::IAM::Role', {}),
    words: limit => `Cannot exceed quota for RolesPerAccount: ${limit}`,
    service: 'Iam',
    status: 409,
    ...limitExceeded,
  },
  {
    quota: quotas.managedPolicies,
    make: maker => maker.make('AWS::IAM::ManagedPolicy', {}),
    words: limit => `Cannot exceed quota for PoliciesPerAccount: ${limit}`,
    service: 'Iam',
    status: 409,
    ...limitExceeded,
  },
]

function makerWith(settings: Record<string, number>): Maker {
  const {world} = testWorld()
  setQuotas(world.account, settings)
  return new Maker(world)
}

function refusalOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return (error as Error).message
      .replace(/vpc-[0-9a-f]+/, 'vpc-…')
      .replace(/[0-9a-f]{8}(-[0-9a-f]+){4}/g, 'ID')
  }
  return 'was made'
}

describe.each(enforced)('the quota $quota.code ($quota.name)', rule => {
  const {quota, make, words, service, status = 400, code = 'GeneralServiceException'} = rule

  it('lets exactly that many be made, refuses the next one as AWS does, and has room again after a deletion', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 4}), limit => {
        const maker = makerWith({[quota.code]: limit})
        const made = Array.from({length: limit}, (_, number) => make(maker, number))
        expect(refusalOf(() => make(maker, limit))).toBe(
          `Resource handler returned message: "${words(limit)} (Service: ${service}, Status Code: ${status}, Request ID: ID) (SDK Attempt Count: 1)" (RequestToken: ID, HandlerErrorCode: ${code})`,
        )
        const [first] = made
        if (!first) return
        maker.remove(first)
        expect(make(maker, limit + 1).type).toBe(first.type)
      }),
      {numRuns: 10},
    )
  })

  it('is what AWS gives a new account until it is set', () => {
    // Thousands of resources prove no more than the figure does.
    if (quota.awsDefault > 100) return
    const maker = makerWith({})
    for (let number = 0; number < quota.awsDefault; number += 1) make(maker, number)
    expect(refusalOf(() => make(maker, quota.awsDefault))).toContain(words(quota.awsDefault).slice(0, 30))
  })
})

it('NAT gateways are counted in each availability zone, everything else in each region or in all', () => {
  const settings = Object.fromEntries(enforced.map(({quota}) => [quota.code, 1]))
  const maker = makerWith({...settings, [quotas.vpcs.code]: 5, [quotas.securityGroups.code]: 5})
  const elsewhere = new Maker(maker.world, 'eu-west-1')
  natGateway(maker, 0)
  const subnet = maker.make('AWS::EC2::Subnet', {
    VpcId: vpcOf(maker).physicalId,
    CidrBlock: '10.0.9.0/24',
    AvailabilityZone: 'us-west-2b',
  })
  expect(() => maker.make('AWS::EC2::NatGateway', {SubnetId: subnet.physicalId})).not.toThrow()
  for (const {quota, make} of enforced.filter(({quota}) => quota !== quotas.natGateways)) {
    make(maker, 100)
    const [word] = refusalOf(() => make(elsewhere, 100)).split(' ')
    expect([quota.name, word]).toEqual([quota.name, quota.global ? 'Resource' : 'was'])
  }
})

it('what exists stays when a quota falls below it', () => {
  const maker = makerWith({})
  maker.make('AWS::EC2::EIP', {})
  setQuotas(maker.world.account, {[quotas.elasticIps.code]: 0})
  expect(maker.world.resourcesOf(maker.region, 'AWS::EC2::EIP')).toHaveLength(1)
  expect(() => maker.make('AWS::EC2::EIP', {})).toThrow('maximum number of addresses')
})

it('a quota that the account does not enforce is refused with those that it does', () => {
  const {world} = testWorld()
  expect(() => setQuotas(world.account, {'L-00000000': 1})).toThrow(
    expect.objectContaining({
      code: 'UNKNOWN_QUOTA',
      exitCode: 2,
      hint: expect.stringContaining('L-0263D0A3 (EC2-VPC Elastic IPs)'),
    }),
  )
  expect(world.account.quotas).toBeUndefined()
})

// Those that are refused at once are in the list above, those that make somebody wait in the file beside this one.
it('every quota is enforced in a test, here or in quotas-in-force.test.ts', () => {
  const tests = ['quotas.test.ts', 'quotas-in-force.test.ts']
    .map(file => readFileSync(new URL(file, import.meta.url), 'utf8'))
    .join()
  const untested = Object.keys(quotas).filter(name => !new RegExp(`quotas\\.${name}\\b`).test(tests))
  expect(untested, 'quotas that no test uses up').toEqual([])
})
