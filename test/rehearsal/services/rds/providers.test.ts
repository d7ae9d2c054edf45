import {beforeEach, describe, expect, it} from 'vitest'
import type {Resource} from '../../../../src/rehearsal/account/account.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

let maker: Maker
let subnets: string[]

beforeEach(() => {
  maker = new Maker(testWorld().world)
  const vpc = maker.make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'})
  subnets = ['a', 'b'].map(
    (letter, index) =>
      maker.make('AWS::EC2::Subnet', {
        VpcId: vpc.physicalId,
        CidrBlock: `10.0.${index}.0/24`,
        AvailabilityZone: `us-west-2${letter}`,
      }).physicalId,
  )
})

function cluster(properties: Record<string, unknown> = {}): Resource {
  return maker.make('AWS::RDS::DBCluster', {
    Engine: 'aurora-mysql',
    MasterUserPassword: 'long-enough',
    ...properties,
  })
}

describe('a cluster', () => {
  it('has a lower-case name and endpoints made of it', () => {
    const made = cluster({DBClusterIdentifier: 'Demo'})
    expect(made.physicalId).toBe('demo')
    expect(made.attributes['Endpoint.Address']).toMatch(
      /^demo\.cluster-[a-z0-9]{12}\.us-west-2\.rds\.amazonaws\.com$/,
    )
    expect(made.attributes['Endpoint.Port']).toBe('3306')
  })

  it.each([
    ['short', 'because it is shorter than 8 characters'],
    ['with/slash-in-it', "Only printable ASCII characters besides '/', '@', '\"', ' ' may be used"],
    ['x'.repeat(42), 'because it is longer than 41 characters'],
  ])('refuses the password %s', (password, message) => {
    expect(() => cluster({MasterUserPassword: password})).toThrow(message)
  })

  it('takes a password from the secret that a dynamic reference names', () => {
    const secret = maker.make('AWS::SecretsManager::Secret', {
      Name: 'db',
      SecretString: '{"password": "with a space"}',
    })
    const reference = `{{resolve:secretsmanager:${secret.physicalId}:SecretString:password}}`
    expect(() => cluster({MasterUserPassword: reference})).toThrow('Only printable ASCII characters')
  })

  it('refuses a key that is not enabled', () => {
    const key = maker.make('AWS::KMS::Key', {})
    expect(() => cluster({KmsKeyId: key.attributes.Arn})).not.toThrow()
    maker.remove(key)
    expect(() => cluster({KmsKeyId: key.attributes.Arn})).toThrow('does not exist, is not enabled')
  })

  describe('of Aurora MySQL', () => {
    const withVersion = (line: string) => cluster({EngineVersion: `8.0.mysql_aurora.${line}`})
    const raise = (made: Resource, line: string) =>
      maker.update(made, {...made.properties, EngineVersion: `8.0.mysql_aurora.${line}`})

    it('is refused in a version that AWS no longer offers', () => {
      expect(() => withVersion('3.02.0')).toThrow(
        /"Cannot find version 8\.0\.mysql_aurora\.3\.02\.0 for aurora-mysql \(Service: Rds, Status Code: 400/,
      )
      expect(() => withVersion('3.08.2')).not.toThrow()
    })

    it('is raised to a later version, and does not go back', () => {
      const made = withVersion('3.08.2')
      raise(made, '3.10.0')
      expect(() => raise(made, '3.08.2')).toThrow(
        'Cannot upgrade aurora-mysql from 8.0.mysql_aurora.3.10.0 to 8.0.mysql_aurora.3.08.2',
      )
      expect(() => raise(made, '3.99.0')).toThrow('Cannot find version 8.0.mysql_aurora.3.99.0')
    })
  })

  it('cannot go before its instances, nor while it is protected', () => {
    const made = cluster()
    const writer = maker.make('AWS::RDS::DBInstance', {DBClusterIdentifier: made.physicalId})
    expect(maker.blocker(made)).toContain('it still contains DB instances in non-deleting state')
    maker.remove(writer)
    expect(maker.blocker(made)).toBeUndefined()
    expect(maker.blocker(cluster({DeletionProtection: 'true'}))).toContain('Cannot delete protected Cluster')
  })
})

describe('groups', () => {
  it('refuse subnets of one zone only', () => {
    const make = (SubnetIds: string[]) =>
      maker.make('AWS::RDS::DBSubnetGroup', {DBSubnetGroupDescription: 'x', SubnetIds})
    expect(() => make(subnets.slice(0, 1))).toThrow('Add subnets to cover at least 2 AZs.')
    expect(make(subnets).physicalId).toMatch(/^demo-thing-[a-z0-9]{12}$/)
  })

  it('stay while a cluster uses them', () => {
    const subnetGroup = maker.make('AWS::RDS::DBSubnetGroup', {
      DBSubnetGroupDescription: 'x',
      SubnetIds: subnets,
    })
    const parameterGroup = maker.make('AWS::RDS::DBClusterParameterGroup', {Family: 'aurora-mysql8.0'})
    const user = cluster({
      DBSubnetGroupName: subnetGroup.physicalId,
      DBClusterParameterGroupName: parameterGroup.physicalId,
    })
    expect(maker.blocker(subnetGroup)).toContain('is still using it')
    expect(maker.blocker(parameterGroup)).toContain('so the group cannot be deleted')
    maker.remove(user)
    expect([maker.blocker(subnetGroup), maker.blocker(parameterGroup)]).toEqual([undefined, undefined])
  })

  it('must exist before a cluster names them', () => {
    expect(() => cluster({DBSubnetGroupName: 'absent'})).toThrow('DBSubnetGroup not found: absent')
  })
})

describe('a proxy', () => {
  const make = () => maker.make('AWS::RDS::DBProxy', {DBProxyName: 'demo-proxy', VpcSubnetIds: subnets})

  it('makes its log group when it is missing, and leaves it behind', () => {
    maker.remove(make())
    const group = maker.world.resource(maker.region, 'AWS::Logs::LogGroup', '/aws/rds/proxy/demo-proxy')
    expect(group?.owner).toBeUndefined()
    expect(group).toBeDefined()
  })

  it('has its name to itself', () => {
    make()
    expect(make).toThrow(`demo-proxy already exists in stack ${maker.stackId}`)
  })

  it('has a target group that waits for an instance of the cluster', () => {
    const proxy = make()
    const {physicalId} = cluster()
    const targets = maker.make('AWS::RDS::DBProxyTargetGroup', {
      DBProxyName: proxy.physicalId,
      TargetGroupName: 'default',
      DBClusterIdentifiers: [physicalId],
    })
    expect(maker.settled(targets)).toMatchObject({state: 'waiting'})
    maker.make('AWS::RDS::DBInstance', {DBClusterIdentifier: physicalId})
    expect(maker.settled(targets)).toEqual({state: 'ready'})
  })
})
