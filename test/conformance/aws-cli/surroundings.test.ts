import {describe, expect, inject, test} from 'vitest'
import {Rehearsal} from '../../e2e/mcpgw.js'
import {aws, awsError} from '../clients.js'

const {document, env, stacks} = inject('deployed')
const inVpc = `Name=vpc-id,Values=${document.outputs.VpcId}`

describe('who one is', () => {
  test('is an identity of the account that mcpgw reports', async () => {
    const {Account, Arn} = await aws('sts', 'get-caller-identity')
    expect(Account).toBe(document.account)
    expect(Arn).toContain(`:${document.account}:`)
  })
})

describe('the passwords', () => {
  test('are where mcpgw credentials says, and what it reveals', async () => {
    const variables = Object.entries(env).filter(([name]) => /^AWS_|^NO_PROXY$/.test(name))
    const rehearsal = new Rehearsal({...Object.fromEntries(variables), MCPGW_REHEARSE_SPEED: undefined})
    const {json} = await rehearsal
      .run(['credentials', '--reveal', '--json'])
      .finally(() => rehearsal.remove())
    const {credentials} = json()
    expect(credentials.length).toBeGreaterThanOrEqual(3)
    for (const {secret, key, password} of credentials) {
      const {SecretString} = await aws('secretsmanager', 'get-secret-value', '--secret-id', secret)
      expect(JSON.parse(SecretString)[key]).toBe(password)
      expect(password).toMatch(/^\S{8,}$/)
    }
  })
})

describe('the tags', () => {
  test('lead to everything that belongs to an environment', async () => {
    const {ResourceTagMappingList: found} = await aws(
      ...['resourcegroupstaggingapi', 'get-resources', '--tag-filters', 'Key=mcpgw:environment'],
    )
    const arns: string[] = found.map(({ResourceARN}: any) => ResourceARN)
    expect(arns).toEqual(expect.arrayContaining(stacks.map(({id}) => id)))
    expect(arns.filter(arn => /:service\/mcp-gateway-[\w-]+\/mcp-gateway-/.test(arn))).toHaveLength(8)
    expect(new Set(arns).size).toBe(arns.length)
    for (const {Tags} of found)
      expect(Tags).toContainEqual({Key: 'mcpgw:environment', Value: document.environment})
  })
})

describe('the quotas', () => {
  test('are told with what AWS gives a new account', async () => {
    const quota = ['--service-code', 'fargate', '--quota-code', 'L-3032A538']
    const [now, byDefault] = await Promise.all([
      aws('service-quotas', 'get-service-quota', ...quota),
      aws('service-quotas', 'get-aws-default-service-quota', ...quota),
    ])
    expect(now.Quota).toMatchObject({QuotaName: 'Fargate On-Demand vCPU resource count', Value: 4000})
    expect(byDefault.Quota).toMatchObject({QuotaCode: 'L-3032A538', Value: 6})
    const {Quotas} = await aws('service-quotas', 'list-service-quotas', '--service-code', 'vpc')
    expect(Quotas).toContainEqual(expect.objectContaining({QuotaCode: 'L-F678F1CE', Value: 5}))
  })

  test('that the account does not know are refused as AWS does', async () => {
    const {code} = await awsError(
      ...['service-quotas', 'get-service-quota', '--service-code', 'ec2', '--quota-code', 'L-00000000'],
    )
    expect(code).toBe('NoSuchResourceException')
  })
})

describe('the network', () => {
  const ec2 = (operation: string, ...args: string[]) => aws('ec2', operation, ...args)

  test('is one VPC with subnets in three zones and a NAT gateway in each', async () => {
    const [{Vpcs}, {Subnets}, {NatGateways}] = await Promise.all([
      ec2('describe-vpcs'),
      ec2('describe-subnets', '--filters', inVpc),
      ec2('describe-nat-gateways', '--filter', inVpc),
    ])
    expect(Vpcs).toMatchObject([{VpcId: document.outputs.VpcId, State: 'available'}])
    expect(Vpcs[0].CidrBlockAssociationSet).toMatchObject([
      {CidrBlock: Vpcs[0].CidrBlock, CidrBlockState: {State: 'associated'}},
    ])
    const zones = (list: any[]) => [...new Set(list.map(({AvailabilityZone}) => AvailabilityZone))].sort()
    expect(zones(Subnets)).toEqual(['us-west-2a', 'us-west-2b', 'us-west-2c'])
    const homes = NatGateways.map(({SubnetId}: any) => Subnets.find((s: any) => s.SubnetId === SubnetId))
    expect(zones(homes)).toEqual(zones(Subnets))
    for (const {State, NatGatewayAddresses} of NatGateways) {
      expect(State).toBe('available')
      expect(NatGatewayAddresses).toMatchObject([{IsPrimary: true, Status: 'succeeded'}])
    }
  })

  test('lets CloudFront in through its managed prefix list', async () => {
    const [{SecurityGroups}, {PrefixLists}] = await Promise.all([
      ec2('describe-security-groups', '--filters', inVpc),
      ec2('describe-managed-prefix-lists', '--filters', 'Name=prefix-list-name,Values=*cloudfront*'),
    ])
    expect(PrefixLists).toMatchObject([{AddressFamily: 'IPv4', OwnerId: 'AWS'}])
    const lists = SecurityGroups.flatMap(({IpPermissions}: any) => IpPermissions)
      .flatMap((rule: any) => rule.PrefixListIds)
      .map(({PrefixListId}: any) => PrefixListId)
    expect(lists).toContain(PrefixLists[0].PrefixListId)
  })
})

describe('the key of the database', () => {
  test('is found by its alias, enabled', async () => {
    const {KeyMetadata} = await aws('kms', 'describe-key', '--key-id', 'alias/mcp-gateway-rds')
    expect(KeyMetadata).toMatchObject({
      AWSAccountId: document.account,
      KeyState: 'Enabled',
      KeyManager: 'CUSTOMER',
      KeyUsage: 'ENCRYPT_DECRYPT',
    })
  })
})
